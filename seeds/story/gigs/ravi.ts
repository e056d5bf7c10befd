import { prose } from '../prose.ts';
import type { GigStory } from '../types.ts';

export const gigsByRavi: GigStory[] = [
  {
    key: 'one-bug',
    seller: 'ravi',
    category: 'programming',
    title: 'One bug in your Node or PHP site found, fixed and explained',
    description: prose`
      You describe what goes wrong and how to see it. I find the cause, fix it, and send you a page that says what it
      was, what I changed and how you can check it yourself.

      One bug means one cause. If two things turn out to be broken, I fix the one you named and tell you about the
      other.

      - Node.js, PHP, plain HTML, CSS and JavaScript
      - WordPress and Laravel are fine, Magento is not
      - I work on a copy or a branch, never straight on the live site

      If I cannot find it within the delivery time I cancel the order and you get your money back.`,
    tags: ['bug fix', 'Node.js', 'PHP', 'WordPress', 'debugging'],
    packages: [
      {
        tier: 'basic',
        title: 'Small and visible',
        description: 'Something looks or behaves wrong and it happens every time.',
        price: 4000,
        days: 2,
        revisions: 1,
        includes: ['Kind: happens every time', 'Page with cause and change'],
      },
      {
        tier: 'standard',
        title: 'Only sometimes',
        description: 'It happens now and then, or only for some visitors.',
        price: 9000,
        days: 4,
        revisions: 1,
        includes: ['Kind: now and then', 'Page with cause and change', 'Test that fails without the fix'],
      },
    ],
    extras: [
      { title: 'Start within six hours of the brief', price: 2500, extraDays: 0, maxQuantity: 1 },
      { title: 'Put the fix live with you on a call', price: 2000, extraDays: 0, maxQuantity: 1 },
    ],
    faq: [
      {
        question: 'How do I give you access?',
        answer:
          'A repository invitation or a zip of the code is best. Never send a password in the brief; use a link that expires.',
      },
      {
        question: 'Do you sign a confidentiality agreement?',
        answer: 'Yes, if it fits on one page.',
      },
    ],
    questions: [
      { kind: 'long_text', label: 'What happens, and what should happen instead?', required: true },
      { kind: 'long_text', label: 'Steps to see it, from the first click', required: true },
      {
        kind: 'one_choice',
        label: 'What is the site made with?',
        required: true,
        choices: ['Node.js', 'PHP, no framework', 'Laravel', 'WordPress', 'I do not know'],
      },
    ],
    pictures: [{ drawing: 'code', variant: 0, alt: 'Lines of code with one red line replaced by a green one' }],
    submittedDaysAgo: 290,
  },
  {
    key: 'qr-menu',
    seller: 'ravi',
    category: 'programming',
    title: 'QR menu page under 50 KB that opens on any phone',
    description: prose`
      Plain HTML, no app, no cookies. You get the code, the page and how to change a price.

      Guests point a phone at the table and read. No download, no sign-up, no spinner on a bad line: the whole menu,
      with prices and allergens, weighs less than one small photo.

      - works without JavaScript and on phones from 2014
      - large type, readable in a dark room
      - QR code as a print file, tested at 2 cm and at 10 cm

      I put it on your own web space or show you a free place for it.`,
    tags: ['QR code', 'menu', 'HTML', 'restaurant', 'fast website'],
    packages: [
      {
        tier: 'basic',
        title: 'One menu',
        description: 'Up to 60 dishes on one page, one language.',
        price: 6000,
        days: 4,
        revisions: 1,
        includes: ['Dishes: up to 60', 'QR code print file', 'How to change a price'],
      },
      {
        tier: 'standard',
        title: 'Two languages',
        description: 'Up to 120 dishes, a switch for the language, allergens.',
        price: 11000,
        days: 6,
        revisions: 2,
        includes: ['Dishes: up to 120', 'QR code print file', 'How to change a price', 'Language switch', 'Allergens'],
      },
    ],
    extras: [{ title: 'Prices read from a Google Sheet', price: 3500, extraDays: 2, maxQuantity: 1 }],
    faq: [
      {
        question: 'Can guests order and pay on it?',
        answer: 'No. It is a menu, that is why it is quick. I can link to your ordering system if you have one.',
      },
    ],
    questions: [
      { kind: 'long_text', label: 'The menu as text, or a link to it', required: true },
      { kind: 'short_text', label: 'Web address it should live at, if you have one', required: false },
    ],
    pictures: [{ drawing: 'qr-card', variant: 1, alt: 'A black table card with a QR code on a sand-coloured ground' }],
    submittedDaysAgo: 230,
  },
  {
    key: 'one-page-site',
    seller: 'ravi',
    category: 'programming',
    title: 'One-page website for a small business, on your own domain',
    description: prose`
      Who you are, what you do, when you are open, how to reach you. One page that loads in a second and belongs to
      you: no monthly builder fee, no advertising.

      I write the HTML by hand, so there is nothing to update. You send the words and photos; I sort them into an
      order that answers a visitor's questions.

      You keep the domain and the hosting in your own name. I help you buy them (about 15 dollars a year in most
      countries) and set everything up while you watch.`,
    tags: ['website', 'small business', 'HTML', 'one page', 'hosting'],
    packages: [
      {
        tier: 'basic',
        title: 'The page',
        description: 'Up to five sections and eight photos.',
        price: 14000,
        days: 7,
        revisions: 2,
        includes: ['Sections: up to 5', 'Set up on your domain'],
      },
      {
        tier: 'standard',
        title: 'Page and form',
        description: 'As basic, with a contact form that reaches your mailbox and works without JavaScript.',
        price: 19000,
        days: 9,
        revisions: 2,
        includes: ['Sections: up to 8', 'Set up on your domain', 'Contact form'],
      },
    ],
    extras: [
      { title: 'Second language', price: 5000, extraDays: 3, maxQuantity: 2 },
      { title: 'Photos cropped and made small', price: 1500, extraDays: 1, maxQuantity: 1 },
    ],
    faq: [
      {
        question: 'How do I change the text later?',
        answer: 'In the file, with a text editor; I mark the places. Or you message me and pay for one hour.',
      },
    ],
    questions: [
      { kind: 'long_text', label: 'What should a visitor know after ten seconds?', required: true },
      { kind: 'short_text', label: 'Domain you own or would like', required: false },
      {
        kind: 'many_choices',
        label: 'Which sections do you need?',
        required: true,
        choices: ['About', 'Services and prices', 'Opening hours', 'Map', 'Photos', 'Contact'],
      },
    ],
    pictures: [
      { drawing: 'browser', variant: 0, alt: 'A browser window with a simple page: heading, picture, three columns' },
    ],
    submittedDaysAgo: 118,
  },
];
