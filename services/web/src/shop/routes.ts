import { createRouter, createWebHistory, type RouteComponent } from 'vue-router';
import { keepAttribution } from './kept';
import LandingPage from './pages/LandingPage.vue';
import { shop_pages } from './pages';
import { stranded } from './stranded';

type PageName = keyof typeof shop_pages;
const names = Object.keys(shop_pages) as PageName[];

// The landing page is in the first file: it is where a scan arrives. The others come when needed.
const components: Record<PageName, RouteComponent | (() => Promise<RouteComponent>)> = {
  list: () => import('./pages/ProductListPage.vue'),
  product: LandingPage,
  bundle: () => import('./pages/BundlePage.vue'),
  order: () => import('./pages/OrderStatusPage.vue'),
  orders: () => import('./pages/MyOrdersPage.vue'),
  code_unknown: () => import('./pages/CodeUnknownPage.vue'),
  notices: () => import('./pages/NoticeListPage.vue'),
  notice: () => import('./pages/NoticePage.vue'),
  editions: () => import('./pages/EditionListPage.vue'),
  edition: () => import('./pages/EditionPage.vue'),
};

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    ...names.map((name) => ({ path: shop_pages[name], name, component: components[name], props: true })),
    { path: '/:unknown(.*)*', name: 'unknown', component: () => import('./pages/UnknownPage.vue') },
  ],
  // Whoever has begun to read what came with the page stays where they are.
  scrollBehavior: (to, from, saved) => saved ?? (from.matched.length === 0 || to.path === from.path ? false : { top: 0 }),
});

router.onError((_error, to) => {
  stranded.value = to.fullPath;
});
router.afterEach(() => {
  stranded.value = null;
});

router.beforeEach((to) => {
  keepAttribution(to.query.a, to.query.district);
  if (to.name !== 'order' || to.query.t === undefined) return true;
  // Links of old carry the order's key where servers log it: it moves to the part that no server sees.
  const { t, ...query } = to.query;
  const key = typeof t === 'string' ? t : '';
  return { path: to.path, query, hash: key === '' ? to.hash : `#k=${encodeURIComponent(key)}`, replace: true };
});
