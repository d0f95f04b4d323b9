import { createApp } from 'vue';
import 'element-plus/es/components/alert/style/css';
import 'element-plus/es/components/button/style/css';
import 'element-plus/es/components/card/style/css';
import 'element-plus/es/components/input/style/css';
import 'element-plus/es/components/tag/style/css';
import '../shared/base.css';
import './audit.css';
import App from './App.vue';
import { reloadForNewVersion } from '../shared/new_version';
import { router } from './routes';
import { audit_texts } from './texts';

reloadForNewVersion(router);

void audit_texts.restore().then(() => {
  createApp(App).use(router).mount('#app');
});
