/** Gives a file to the person. */
export function saveAs(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}

/** Opens a page that the server made and prints it. */
export function printPage(blob: Blob): void {
  const page = window.open(URL.createObjectURL(blob), '_blank', 'width=860,height=900');
  page?.addEventListener('load', () => {
    page.print();
  });
}
