import { WhopEmbed } from './lib/whop-embed.js';

customElements.define('whop-embed', WhopEmbed);
