// A notice about a request that failed goes once a later request succeeds.
document.addEventListener('htmx:after:request', ({ detail }) => {
  const notice = document.getElementById('notice');
  if (notice && detail.ctx.response.status < 400) notice.replaceChildren();
});
