import { createApp } from 'vue';
import '../shared/base.css';
import './shop.css';
import App from './App.vue';
import { reloadForNewVersion } from '../shared/new_version';
import { openWithoutNetwork } from './offline';
import { router } from './routes';
import { forgetFirst } from '../shared/first';
import { shop_texts } from './texts';
import { takeOverTyping } from './typing';

// Back from the payment, a browser may bring the old form back to life under the address of the order.
window.addEventListener('pageshow', (event) => {
  if (event.persisted && location.pathname !== router.currentRoute.value.path) location.reload();
});
reloadForNewVersion(router);
if (import.meta.env.PROD) openWithoutNetwork();

void shop_texts.restore().then(async () => {
  const app = createApp(App).use(router);
  await router.isReady().catch(() => undefined); // Until then the page's own first view stays.
  takeOverTyping(() => app.mount('#app'));
  forgetFirst();
});
