// Pages work without this; it saves looking things up, and keeps what is typed.

// A reference being typed: records that fit, under the field.
for (const input of document.querySelectorAll('input[data-find]')) {
  const list = document.createElement('datalist');
  list.id = `${input.id}_list`;
  input.after(list);
  input.setAttribute('list', list.id);
  let waiting;
  input.addEventListener('input', () => {
    clearTimeout(waiting);
    const text = input.value.trim();
    if (text.length === 0 || text.startsWith('#')) return;
    waiting = setTimeout(async () => {
      const answer = await fetch(`${input.dataset.find}?q=${encodeURIComponent(text)}`);
      if (!answer.ok) return;
      list.replaceChildren(...(await answer.json()).map((title) => Object.assign(document.createElement('option'), { value: title })));
    }, 200);
  });
}

// On a narrow screen the rooms are a line to scroll: the one at hand stands in it where it is seen.
const room = document.querySelector('.rooms [aria-current]');
if (room) room.parentElement.scrollLeft = room.offsetLeft - (room.parentElement.clientWidth - room.offsetWidth) / 2;

// A change of the frame counts at once.
for (const select of document.querySelectorAll('.frame select')) {
  select.addEventListener('change', () => select.form.requestSubmit());
}

// A form left half filled says so before it is lost.
for (const form of document.querySelectorAll('form[data-draft]')) {
  let isTouched = false;
  form.addEventListener('input', () => { isTouched = true; });
  form.addEventListener('submit', () => { isTouched = false; });
  addEventListener('beforeunload', (event) => { if (isTouched) event.preventDefault(); });
}
