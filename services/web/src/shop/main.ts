import { createApp } from 'vue';
import '../shared/base.css';
import './shop.css';
import App from './App.vue';
import { router } from './routes';
import { shop_texts } from './texts';

void shop_texts.restore().then(() => {
  createApp(App).use(shop_texts.plugin).use(router).mount('#app');
});
