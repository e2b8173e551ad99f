import { render } from 'preact';
import { Checkpoints } from './pages/Checkpoints';
import { Overview } from './pages/Overview';
import { Training } from './pages/Training';
import { Frame } from './parts/Frame';
import { listenForKeys } from './state/keys';
import { listen } from './state/live';
import { followTheme } from './state/theme';
import { followAddress, page } from './state/view';
import './style.css';

const PAGE = { overview: Overview, training: Training, checkpoints: Checkpoints };

function App() {
  const Page = PAGE[page.value];
  return <Frame><Page /></Frame>;
}

followTheme();
followAddress();
listenForKeys();
listen();
render(<App />, document.getElementById('app') as HTMLElement);
