// A change by way of the browser's cookies needs the value of one of them in a header.
window.SwaggerUIBundle({
  url: '/v1/openapi.json',
  dom_id: '#page',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  requestInterceptor: (request) => {
    const csrf = document.cookie.split('; ').find((pair) => pair.startsWith('duka_csrf='));
    if (csrf) request.headers['X-CSRF-Token'] = csrf.slice('duka_csrf='.length);
    return request;
  },
});
