import { createRouter, createWebHashHistory } from 'vue-router';
import { shanghaiMonth } from '../shared/moments';
import { desk_pages } from './pages';
import LevelPage from './pages/LevelPage.vue';
import LoginPage from './pages/LoginPage.vue';
import { restoreSession, whenSignedOutElsewhere } from './session';

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: desk_pages.login, name: 'login', component: LoginPage },
    { path: '/', redirect: () => `/${shanghaiMonth()}` },
    { path: desk_pages.entry, name: 'entry', component: () => import('./pages/EntryPage.vue'), props: true },
    { path: desk_pages.lines, name: 'lines', component: () => import('./pages/LinesPage.vue') },
    { path: desk_pages.level, name: 'level', component: LevelPage },
    { path: '/:unknown(.*)*', redirect: '/' },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});

router.beforeEach(async (to) => {
  if (to.name === 'login') return true;
  // Without a network nobody is sent to the sign-in: the page itself says so, and can try again.
  const present = await restoreSession().catch(() => true);
  return present ? true : { name: 'login', query: { to: to.fullPath } };
});

whenSignedOutElsewhere(() => void router.push({ name: 'login' }));
