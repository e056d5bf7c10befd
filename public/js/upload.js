import { watchDrafts } from './lib/draft.js';
import { watchUploads } from './lib/upload.js';

watchDrafts();
watchUploads();
