/** What the build adds to the shop's pages, so that a slow network shows something early and the server knows them. */

import type { Plugin } from 'vite';
import { served_patterns } from '../src/desk/pages';
import { pattern, shop_pages } from '../src/shop/pages';

/** `pages.json`: the addresses that are pages. The server answers 404 to what is neither a page nor a file. */
function pagesJson(pages: string[]): string {
  return `${JSON.stringify({ pages }, null, 2)}\n`;
}

/** Names a file whose styles stand in the page already: Vite's programs look for it, browsers leave it alone. */
export const inlined = (file: string): string => `<link rel="stylesheet" href="/${file}" media="not all" disabled>`;

export function shopPages(): Plugin {
  return {
    name: 'shop-pages',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'pages.json', source: pagesJson(Object.values(shop_pages).map(pattern)) });
      this.emitFile({ type: 'asset', fileName: 'desk/pages.json', source: pagesJson(served_patterns(pattern)) });
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle, path }) {
        if (!bundle || path.startsWith('/desk')) return html;
        // The styles come with the page: a file of their own would hold back the first picture by two round trips. Pages that
        // come later find the file named, and do not fetch it once more.
        return html.replace(/\s*<link rel="stylesheet"[^>]*href="\/([^"]+)"[^>]*>/g, (link, name: string) => {
          const asset = bundle[name];
          return asset?.type === 'asset' ? `\n    <style>${String(asset.source).trim()}</style>${inlined(name)}` : link;
        });
      },
    },
  };
}
