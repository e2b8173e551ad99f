import { bytes, duration, whole } from '../format';
import { now } from '../state/live';
import type { Source, Task } from './answers';
import { few, share } from './words';

export function Sources({ sources }: { sources: Source[] }) {
  return (
    <section class="card" aria-label="Sources">
      <h2>Sources</h2>
      <div class="scroll" tabIndex={0}>
        <table>
          <thead><tr><th scope="col">Source</th><th scope="col">read</th><th scope="col">in shards</th><th scope="col">not read yet</th><th scope="col">oldest of it</th></tr></thead>
          <tbody>{sources.map((source) => (
            <tr key={source.name}>
              <th scope="row">{source.name}{source.backlog?.paused === true && <span class="soft"> paused</span>}</th><td>{whole(source.read)}</td><td>{whole(source.accepted)}</td>
              <td>{source.backlog === null ? '–' : source.backlog.splits === 0 ? 'nothing' : `${bytes(source.backlog.bytes)} in ${whole(source.backlog.splits)}`}</td>
              <td>{source.backlog === null || source.backlog.splits === 0 ? '–' : duration(now.value - source.backlog.oldestMillis)}</td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </section>
  );
}

/** Of a second: the mean of the subtasks, and the largest where it is another. */
function part([mean = 0, largest = 0]: number[]): string {
  return mean === largest ? share(mean / 1000) : `${share(mean / 1000)} – ${share(largest / 1000)}`;
}

/** What the tasks of ingest are busy with: operators between which nothing is handed over share a task, and its time. */
export function Tasks({ tasks }: { tasks: Task[] }) {
  if (tasks.length === 0) return null;
  const oldest = now.value - Math.min(...tasks.map((task) => task.told));
  return (
    <section class="card" aria-label="Tasks">
      <h2>Tasks of ingest <span class="soft">parts of their time: of subtasks the mean – the largest{oldest > 1000 && `; told up to ${duration(oldest)} ago`}</span></h2>
      <div class="scroll" tabIndex={0}>
        <table>
          <thead><tr><th scope="col">Task, with its operators</th><th scope="col">in/s</th><th scope="col">out/s</th><th scope="col">busy</th><th scope="col">held back</th><th scope="col">idle</th></tr></thead>
          {tasks.toSorted((one, other) => place(one) - place(other)).map((task) => (
            <tbody key={task.task}>
              <tr>
                <th scope="row">{task.stages.join(', ')}{task.subtasks > 1 && <span class="soft"> {whole(task.subtasks)} at once</span>}</th><td /><td />
                <td>{part(task.busyMillis)}</td><td>{part(task.backPressuredMillis)}</td><td>{part(task.idleMillis)}</td>
              </tr>
              {operators(task).map(([name, [into, out]]) => <tr key={name} class="operator"><th scope="row">{name}</th><td>{few(into)}</td><td>{few(out)}</td><td /><td /><td /></tr>)}
            </tbody>
          ))}
        </table>
      </div>
    </section>
  );
}

const STAGES = ['read', 'judge', 'dedup', 'tokenize', 'write', 'commit'];

/** Tasks stand in the order of what they end with. */
const place = (task: Task) => STAGES.indexOf(task.stages.at(-1) ?? '');

/** In the order in which they are chained. */
function operators({ task, recordsPerSecond }: Task): [string, number[]][] {
  return Object.entries(recordsPerSecond).sort(([one], [other]) => task.indexOf(one) - task.indexOf(other));
}
