import { render } from 'preact';
import { Frame } from './parts/Frame';
import { Page } from './parts/Page';
import { listenForKeys } from './state/keys';
import { listen } from './state/live';
import { followRuns } from './state/runs';
import { followTheme } from './state/theme';
import { followAddress } from './state/view';
import './style.css';

followTheme();
followAddress();
listenForKeys();
listen();
followRuns();
render(<Frame><Page /></Frame>, document.getElementById('app') as HTMLElement);
