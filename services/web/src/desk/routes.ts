import { createRouter, createWebHistory, type RouteComponent } from 'vue-router';
import { languageReady } from '../shared/locale';
import { shanghaiMonth } from '../shared/moments';
import { audit_pages, desk_pages, public_pages, type DeskPage } from './pages';
import { leaveDialogs, listenForBack } from './dialog_history';
import HomePage from './pages/HomePage.vue';
import LoginPage from './pages/LoginPage.vue';
import { restoreSession, whenSessionOver, whenSignedOutElsewhere } from './session';

type Component = RouteComponent | (() => Promise<RouteComponent>);

// Each section comes when it is opened; the first file holds the sign-in and the frame.
const components: Record<DeskPage, Component> = {
  home: HomePage,
  login: LoginPage,
  join: () => import('./people/pages/JoinPage.vue'),
  applied: () => import('./people/pages/AppliedPage.vue'),
  invited: () => import('./people/pages/InvitedPage.vue'),
  reset: () => import('./people/pages/ResetPage.vue'),
  enrol: () => import('./people/pages/EnrolPage.vue'),
  account: () => import('./people/pages/AccountPage.vue'),
  messages: () => import('./inbox/pages/MessageListPage.vue'),
  applications: () => import('./office/pages/ApplicationListPage.vue'),
  new_application: () => import('./office/pages/NewApplicationPage.vue'),
  application: () => import('./office/pages/ApplicationPage.vue'),
  certifications: () => import('./office/pages/CertificationListPage.vue'),
  certification: () => import('./office/pages/CertificationPage.vue'),
  ending: () => import('./office/pages/EndingPage.vue'),
  editions: () => import('./office/pages/EditionListPage.vue'),
  edition: () => import('./office/pages/EditionPage.vue'),
  proposals: () => import('./office/pages/ProposalListPage.vue'),
  schemes: () => import('./office/pages/SchemeListPage.vue'),
  new_scheme: () => import('./office/pages/SchemePage.vue'),
  scheme: () => import('./office/pages/SchemePage.vue'),
  figures: () => import('./office/pages/FiguresPage.vue'),
  year: () => import('./office/pages/YearPage.vue'),
  products: () => import('./goods/pages/ProductListPage.vue'),
  new_product: () => import('./goods/pages/ProductPage.vue'),
  product: () => import('./goods/pages/ProductPage.vue'),
  bundles: () => import('./goods/pages/BundleListPage.vue'),
  new_bundle: () => import('./goods/pages/BundlePage.vue'),
  bundle: () => import('./goods/pages/BundlePage.vue'),
  bases: () => import('./goods/pages/BaseListPage.vue'),
  new_base: () => import('./goods/pages/BasePage.vue'),
  base: () => import('./goods/pages/BasePage.vue'),
  lots: () => import('./goods/pages/LotListPage.vue'),
  new_lot: () => import('./goods/pages/NewLotPage.vue'),
  lot: () => import('./goods/pages/LotPage.vue'),
  stock: () => import('./goods/pages/StockPage.vue'),
  orders: () => import('./trade/pages/OrderListPage.vue'),
  order: () => import('./trade/pages/OrderPage.vue'),
  sales: () => import('./trade/pages/SalesPage.vue'),
  imports: () => import('./goods/pages/ImportPage.vue'),
  team: () => import('./people/pages/TeamPage.vue'),
  onboardings: () => import('./platform/pages/OnboardingListPage.vue'),
  onboarding: () => import('./platform/pages/OnboardingPage.vue'),
  merchants: () => import('./platform/pages/MerchantListPage.vue'),
  new_merchant: () => import('./platform/pages/MerchantPage.vue'),
  merchant: () => import('./platform/pages/MerchantPage.vue'),
  hindered: () => import('./platform/pages/HinderedPage.vue'),
  organisations: () => import('./platform/pages/OrganisationListPage.vue'),
  organisation: () => import('./platform/pages/OrganisationPage.vue'),
  accounts: () => import('./platform/pages/AccountListPage.vue'),
  placements: () => import('./platform/pages/PlacementListPage.vue'),
  sheet: () => import('./platform/pages/CodeSheetPage.vue'),
  placement: () => import('./platform/pages/PlacementPage.vue'),
  status: () => import('./platform/pages/StatusPage.vue'),
};
const names = Object.keys(desk_pages) as DeskPage[];

listenForBack();
export const router = createRouter({
  history: createWebHistory('/desk/'),
  routes: [
    ...names.map((name) => ({ path: desk_pages[name], name, component: components[name], props: true })),
    { path: '/audit', name: 'audit', redirect: () => `/audit/${shanghaiMonth()}` },
    { path: audit_pages.entry, name: 'entry', component: () => import('./audit/pages/EntryPage.vue'), props: true },
    { path: audit_pages.lines, name: 'lines', component: () => import('./audit/pages/LinesPage.vue') },
    { path: audit_pages.level, name: 'level', component: () => import('./audit/pages/LevelPage.vue') },
    { path: '/:unknown(.*)*', name: 'unknown', component: () => import('./pages/UnknownPage.vue') },
  ],
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
});

router.beforeEach(async (to, from) => {
  if (to.path !== from.path) await leaveDialogs();
  // Addresses of before the desk, kept in bookmarks and letters: /audit/#/2026-11/530624.
  if (to.path.startsWith('/audit') && to.hash.startsWith('#/')) {
    const place = to.hash.slice(1);
    return place.startsWith('/login') ? '/login' : `/audit${place === '/' ? '' : place}`;
  }
  if (public_pages.includes(String(to.name))) {
    // Whoever is signed in stays so, and sees who that is.
    if (to.name !== 'login') void restoreSession().catch(() => false);
    return true;
  }
  // Without a network nobody is sent to the sign-in: the page itself says so, and can try again.
  const present = await restoreSession().catch(() => true);
  return present ? true : { name: 'login', query: { to: to.fullPath } };
});
router.beforeResolve(() => languageReady());

function toSignIn(): void {
  const { name, fullPath } = router.currentRoute.value;
  if (!public_pages.includes(String(name))) void router.push({ name: 'login', query: { to: fullPath } });
}
whenSignedOutElsewhere(toSignIn);
whenSessionOver(toSignIn);
