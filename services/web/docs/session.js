/** Who asks. The token lives in this module only: closing the page forgets it. */
let accessToken = '';

export function authorization() {
  return accessToken ? { Authorization: `Bearer ${accessToken}` } : {};
}

/** Signs in; returns a sentence for the person. */
async function signIn(login, password) {
  const answer = await fetch('/v1/auth/login', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  const body = await answer.json();
  if (!answer.ok) return `Not signed in: ${body.detail ?? body.title}.`;
  accessToken = body.access_token;
  return `Signed in as ${login}, for ${Math.round(body.expires_in / 60)} minutes.`;
}

export function watchSignIn(form, status) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      status.textContent = await signIn(form.login.value, form.password.value);
    } catch {
      status.textContent = 'Not signed in: nobody answered.';
    }
    form.password.value = '';
  });
}
