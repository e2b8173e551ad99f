import { defineConfig } from 'vite';

// What is built goes into the jar, where the server looks for it.
export default defineConfig({
  build: {
    outDir: '../target/classes/org/alluvium/dashboard/ui',
    emptyOutDir: true,
    assetsInlineLimit: 0, // the content security policy allows no inline script or style
    modulePreload: { polyfill: false },
    license: { fileName: 'third-party.json' }, // whose code is in the pages; the bill of materials takes it from here
  },
});
