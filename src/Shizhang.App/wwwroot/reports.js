// A figure opens beside the text without a new page; the link works without this.
const panel = () => document.getElementById('panel');
let opened = document.querySelector('.paper data a[aria-current]');

function mark(link) {
  for (const current of document.querySelectorAll('.paper data a[aria-current]')) current.removeAttribute('aria-current');
  opened = link;
  link?.setAttribute('aria-current', 'true');
}

async function open(link) {
  const address = new URL(link.href);
  const shown = address.href;
  address.searchParams.set('handler', 'Panel');
  const answer = await fetch(address);
  if (!answer.ok || answer.redirected) {
    location.href = shown;
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  panel().replaceWith(page.getElementById('panel'));
  mark(link);
  history.replaceState(null, '', shown);
  panel().focus({ preventScroll: true });
}

function close() {
  const link = opened;
  panel().className = 'panel none';
  panel().replaceChildren();
  mark(null);
  const address = new URL(location.href);
  address.searchParams.delete('figure');
  address.hash = '';
  history.replaceState(null, '', address);
  link?.focus();
}

document.addEventListener('click', (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const link = event.target.closest('.paper data a');
  if (link) {
    event.preventDefault();
    open(link);
  } else if (event.target.closest('.panel [data-close]')) {
    event.preventDefault();
    close();
  }
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !panel().classList.contains('none')) close();
});
