import { loadWhopElements } from '/build/vendor/whop-elements/1.2.0/pure.mjs';

let loading = null;

/** Whop's elements, loaded once. `scriptUrl` is set where the loader must not ask Whop itself (the emulator). */
export function loadWhop({ scriptUrl, environment }) {
  loading ??= load(scriptUrl, environment).catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load(scriptUrl, environment) {
  if (scriptUrl && !window.WhopElements) await addScript(scriptUrl);
  const appearance = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  return loadWhopElements({ environment, appearance: { theme: { appearance } } });
}

function addScript(src) {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src });
    script.addEventListener('load', resolve);
    script.addEventListener('error', () => reject(new Error(`${src} did not load`)));
    document.head.append(script);
  });
}
