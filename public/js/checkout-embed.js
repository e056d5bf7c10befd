import { CheckoutEmbed } from './lib/checkout-embed.js';

customElements.define('checkout-embed', CheckoutEmbed);
