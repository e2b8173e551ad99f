package org.alluvium.flink.job;

import java.nio.file.Path;
import java.util.List;
import org.alluvium.contracts.config.ConfigLoader;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.plugin.PluginUtils;
import org.apache.flink.runtime.taskexecutor.TaskExecutorResourceUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/** A TaskManager in a virtual machine of its own. */
final class TaskManagerMain {

    private TaskManagerMain() {}

    /**
     * Runs until its cluster ends it or nobody is left who started this.
     *
     * @param args the configuration file, and the port of the JobManager
     */
    public static void main(String[] args) throws Exception {
        Lifeline.hold();
        Configuration flink =
                ClusterSettings.of(ConfigLoader.load(Path.of(args[0]), List.of()), Integer.parseInt(args[1]));
        System.exit(TaskManagerRunner.runTaskManager(
                TaskExecutorResourceUtils.adjustForLocalExecution(flink),
                PluginUtils.createPluginManagerFromRootFolder(flink)));
    }
}
