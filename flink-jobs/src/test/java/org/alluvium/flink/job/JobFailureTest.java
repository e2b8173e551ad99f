package org.alluvium.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.apache.flink.runtime.state.BackendBuildingException;
import org.junit.jupiter.api.Test;

class JobFailureTest {

    private static final Path STATE = Path.of("corpus", "flink");

    @Test
    void stateThatCannotBeOpenedBecauseTheDiskIsFullIsNotCalledDamaged() {
        Throwable full = new Exception("While appending to file: /x/000012.sst: No space left on device");
        RuntimeException explained = JobFailure.explain(
                new RuntimeException(
                        "the job failed", new BackendBuildingException("Caught unexpected exception.", full)),
                STATE.toString());
        assertThat(explained)
                .isInstanceOf(StorageException.class)
                .hasMessageContainingAll(STATE.toString(), "No space left on device", "Free some space");
    }

    @Test
    void stateThatCannotBeOpenedOtherwiseIsDamaged() {
        RuntimeException explained = JobFailure.explain(
                new RuntimeException(new BackendBuildingException("the file is cut", new Exception("corruption"))),
                STATE.toString());
        assertThat(explained).isInstanceOf(DataException.class).hasMessageContaining("the file is cut");
    }
}
