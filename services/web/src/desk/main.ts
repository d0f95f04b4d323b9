import { createApp } from 'vue';
import '../shared/base.css';
import './desk.css';
import App from './App.vue';
import { guardFocus } from './focus_guard';
import { reloadForNewVersion } from '../shared/new_version';
import { router } from './routes';
import { desk_texts } from './texts';
import { restoreTheme } from './theme';

restoreTheme();
reloadForNewVersion(router);
guardFocus();

void desk_texts.restore().then(() => {
  createApp(App).use(router).mount('#app');
});
