// Keeps a name in the browser, as a cookie: the server is told it with the first request of a page.

const YEAR = 365 * 24 * 3600; // seconds

export default function (component) {
  const { cookie, name } = component.data;
  document.cookie = `${cookie}=${encodeURIComponent(name)}; Path=/; SameSite=Strict; Max-Age=${name ? YEAR : 0}`;
}
