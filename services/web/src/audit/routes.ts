import { createRouter, createWebHashHistory } from 'vue-router';
import { shanghaiMonth } from '../shared/moments';
import LevelPage from './pages/LevelPage.vue';
import LoginPage from './pages/LoginPage.vue';
import { restoreSession } from './session';

const month = ':month(\\d{4}-\\d{2})';

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/login', name: 'login', component: LoginPage },
    { path: '/', redirect: () => `/${shanghaiMonth()}` },
    { path: '/entry/:index(\\d+)', name: 'entry', component: () => import('./pages/EntryPage.vue'), props: true },
    { path: `/${month}/:county/:merchant/:product/:lot`, name: 'lines', component: () => import('./pages/LinesPage.vue') },
    { path: `/${month}/:keys*`, name: 'level', component: LevelPage },
    { path: '/:unknown(.*)*', redirect: '/' },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});

router.beforeEach(async (to) => {
  if (to.name === 'login') return true;
  const present = await restoreSession().catch(() => false);
  return present ? true : { name: 'login', query: { to: to.fullPath } };
});
