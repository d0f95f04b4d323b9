import { createRouter, createWebHistory } from 'vue-router';
import { keepAttribution } from './kept';
import LandingPage from './pages/LandingPage.vue';

// The landing page is in the first file: it is where a scan arrives. The others come when needed.
export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'list', component: () => import('./pages/ProductListPage.vue') },
    { path: '/p/:product_id(\\d+)', name: 'product', component: LandingPage, props: true },
    { path: '/o/:order_number', name: 'order', component: () => import('./pages/OrderStatusPage.vue'), props: true },
    { path: '/:unknown(.*)*', name: 'unknown', component: () => import('./pages/UnknownPage.vue') },
  ],
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
});

router.beforeEach((to) => {
  keepAttribution(to.query.a);
});
