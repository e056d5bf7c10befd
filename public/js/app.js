import { guardButtons } from './lib/busy.js';
import { watchErrors } from './lib/errors.js';
import { watchPanel } from './lib/panel.js';

guardButtons();
watchErrors();
watchPanel();
