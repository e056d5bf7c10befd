import { watchLive } from './lib/live.js';

watchLive();
