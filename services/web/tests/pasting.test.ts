import { describe, expect, it } from 'vitest';
import { nextTick, ref } from 'vue';
import { cameAtOnce, filledIn, holdsMore, newestIn, usePasting } from '../src/shop/pasting';
import { readReceiver } from '../src/shop/receiver_text';
import type { Receiver } from '../src/shop/types';

const nobody: Receiver = { name: '', phone: '', address: '' };
const wang: Receiver = { name: '王芳', phone: '13912345678', address: '上海市徐汇区田林路100弄12号' };
const zhang: Receiver = { name: '张三', phone: '13812345678', address: '上海市闵行区莘庄镇名都路8弄3号402' };
const whole = Object.values(zhang).join(' ');

describe('the form after a receiver was pasted', () => {
  it('holds what was understood, and says nothing of what is certain', () => {
    expect(filledIn(nobody, readReceiver(whole))).toEqual({ receiver: zhang, notes: {} });
    expect(filledIn(wang, readReceiver(whole))).toEqual({ receiver: zhang, notes: {} });
  });

  it('asks to check what has two readings', () => {
    expect(filledIn(nobody, readReceiver(`${zhang.address}李园13812345678`))?.notes).toEqual({ name: 'asked', address: 'check' });
    expect(filledIn(nobody, readReceiver(`李园 13812345678 ${zhang.address}`))?.notes).toEqual({ name: 'check', address: 'check' });
  });

  it('asks for what was not found, and says where somebody else’s stayed', () => {
    const read = readReceiver(`${zhang.phone} ${zhang.address}`);
    expect(filledIn(nobody, read)?.notes).toMatchObject({ name: 'asked' });
    expect(filledIn(wang, read)).toMatchObject({ receiver: { name: '王芳', phone: zhang.phone }, notes: { name: 'kept' } });
  });

  it('stays as it is when nothing was understood', () => {
    for (const text of ['谢谢，收到了', '', '👍', zhang.address.repeat(100)]) expect(filledIn(wang, readReceiver(text))).toBeNull();
  });
});

describe('a field', () => {
  it.each([whole, '张三13812345678', '收货人张三，电话１３８１２３４５６７８', '张三 138-1234-5678 上海市', '张三 021-64160000', '张三 上海市闵行区名都路8弄3号402'])('of a name that holds %s holds more', (text) => {
    expect(holdsMore('name', text)).toBe(true);
  });

  it.each(['张三', '张三[2741]', 'Zhang San', '阿依古丽·买买提', '王芳（3号楼前台）', '', '13812345678'])('of a name that holds %s does not', (text) => {
    expect(holdsMore('name', text)).toBe(false);
  });

  it('of an address holds more with a telephone in it, not with many numbers', () => {
    expect(holdsMore('address', whole)).toBe(true);
    expect(holdsMore('address', `${zhang.address} 张三 （021）64160000`)).toBe(true);
    for (const text of [zhang.address, '上海市闵行区沪闵路 6258 号 3 号楼 201 室', '丰巢柜 201100', '12-3-402-1101']) expect(holdsMore('address', text)).toBe(false);
  });

  it('knows what was pasted from what is typed', () => {
    expect(['insertFromPaste', 'insertFromDrop'].every((inputType) => cameAtOnce({ inputType, data: null }))).toBe(true);
    expect(cameAtOnce({ inputType: 'insertText', data: whole })).toBe(true); // A keyboard's own clipboard.
    for (const data of ['张', '138', '上海市闵行区', null]) expect(cameAtOnce({ inputType: 'insertText', data })).toBe(false);
    expect(cameAtOnce({ inputType: 'insertCompositionText', data: 'shanghaishi' })).toBe(false); // A word that is being typed.
    expect(cameAtOnce({ inputType: 'deleteContentBackward', data: null })).toBe(false);
  });
});

describe('the box', () => {
  const other = Object.values(wang).join(' ');

  it('is read anew where somebody else is pasted beside whom it held', () => {
    expect(newestIn(whole, `${whole}\n${other}`)).toBe(other);
    expect(newestIn(whole, `${other} ${whole}`)).toBe(other);
    expect(newestIn(whole, other)).toBe(other);
  });

  it('is read as a whole where one person comes piece by piece', () => {
    expect(newestIn('', whole)).toBe(whole);
    expect(newestIn('张三', '张三13812345678')).toBe('张三13812345678');
    expect(newestIn('张三 13812345678', whole)).toBe(whole);
  });
});

describe('pasting', () => {
  it('fills the form, and gives back what stood in it', async () => {
    const receiver = ref<Receiver>({ ...wang });
    const { read, undo, outcome, before } = usePasting(receiver);
    await read(whole);
    expect(receiver.value).toEqual(zhang);
    expect(outcome.value).toEqual({ kind: 'filled', receiver: zhang, doubtful: [], left: [] });
    undo();
    expect([receiver.value, before.value, outcome.value]).toEqual([wang, null, { kind: 'undone' }]);
  });

  it('says what to check until it is corrected', async () => {
    const receiver = ref<Receiver>({ ...nobody });
    const { read, notes, outcome } = usePasting(receiver);
    await read(`李园 13812345678 ${zhang.address} 谢谢`);
    await nextTick();
    expect(outcome.value).toMatchObject({ doubtful: ['name', 'address'], left: ['谢谢'] });
    expect(notes).toEqual({ name: 'check', address: 'check' });
    receiver.value.name = '李园园';
    await nextTick();
    expect(notes).toEqual({ address: 'check' });
  });

  it('takes apart what stands in a field, and leaves none of it there', async () => {
    const receiver = ref<Receiver>({ ...nobody, address: `13812345678 ${zhang.address}` });
    const { read, notes } = usePasting(receiver);
    await read(receiver.value.address, 'address');
    expect(receiver.value).toEqual({ ...zhang, name: '' });
    expect(notes.name).toBe('asked');
    receiver.value = { ...nobody, name: '13812345678 上海市闵行区名都路8弄3号402' };
    await read(receiver.value.name, 'name');
    expect(receiver.value.name).toBe('');
  });

  it('changes nothing where nothing was understood, or too much came', async () => {
    const receiver = ref<Receiver>({ ...wang });
    const { read, outcome, before } = usePasting(receiver);
    await read('谢谢，收到了');
    expect(outcome.value).toEqual({ kind: 'nothing' });
    await read(whole.repeat(50));
    expect(outcome.value).toEqual({ kind: 'too_long', n: 800 });
    await read('  ');
    expect([receiver.value, before.value]).toEqual([wang, null]);
  });

  it('shows the later of two texts', async () => {
    const receiver = ref<Receiver>({ ...nobody });
    const { read, reading } = usePasting(receiver);
    await Promise.all([read(whole), read(Object.values(wang).join(' '))]);
    expect([receiver.value, reading.value]).toEqual([wang, false]);
  });
});
