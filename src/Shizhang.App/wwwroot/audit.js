// A file may be dropped anywhere on the form; choosing one works without this.
const drop = document.querySelector('[data-drop]');
if (drop) {
  const form = drop.closest('form');
  const input = drop.querySelector('input[type="file"]');
  form.addEventListener('dragover', (event) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    drop.classList.add('over');
  });
  form.addEventListener('dragleave', () => drop.classList.remove('over'));
  form.addEventListener('drop', (event) => {
    drop.classList.remove('over');
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}
