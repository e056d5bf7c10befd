import { watchUploads } from './lib/upload.js';

watchUploads();
