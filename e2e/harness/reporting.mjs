// Reporting on a phone: step by step, as thumbs take them.

export const photo = (name) => new URL(`../../examples/demo/photos/${name}.png`, import.meta.url).pathname;

/** On the report page already. Either a `unit` of the list or a `spot` that is nobody's. Stops before the report is sent. */
export async function fillsIn(person, { photos = [], unit, spot, place, what }) {
  if (photos.length > 0) {
    await person.attaches('现场照片', photos.map(photo));
    await person.sees(`${photos.length} 张已存手机`);
  }
  await person.presses('下一步');
  if (unit) {
    await person.fills('或选择单位', unit.slice(0, 4));
    await person.presses(unit);
  } else {
    await person.presses('无主点位');
    await person.fills('名称', spot);
    if (place) await person.fills('具体位置', place);
    await person.presses('下一步');
  }
  await person.fills('隐患描述', what);
  await person.presses('下一步');
  // Left to the supervisor, as it stands chosen.
  await person.presses('下一步');
}

/** From the desk of whoever is signed in to the receipt; gives the address of the case. */
export async function reportsByPhone(person, report) {
  await person.goes('/report');
  await fillsIn(person, report);
  await person.presses('提交上报');
  await person.sees(/已送达 \d\d:\d\d/);
  return person.page.locator('.outbox-list a').first().getAttribute('href');
}
