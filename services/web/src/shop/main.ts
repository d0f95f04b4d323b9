import { createApp } from 'vue';
import '../shared/base.css';
import './shop.css';
import App from './App.vue';
import { router } from './routes';
import { shop_texts } from './texts';

// Back from the payment, a browser may bring the old form back to life under the address of the order.
window.addEventListener('pageshow', (event) => {
  if (event.persisted && location.pathname !== router.currentRoute.value.path) location.reload();
});

void shop_texts.restore().then(() => {
  createApp(App).use(shop_texts.plugin).use(router).mount('#app');
});
