/** The texts of the box that reads a receiver out of what is pasted. pasting.en.ts has the same members. */
const texts = {
  box: {
    open: '粘贴收货信息，自动识别',
    example: '例：张三 13812345678 上海市闵行区莘庄镇名都路8弄3号402',
    hint: '姓名、电话、地址一起粘贴，顺序不限。粘贴的文字只在您的设备上识别，不上传，也不保存。',
    read: '识别并填入',
    undo: '撤销填入',
    reading: '正在识别…',
  },
  field: { name: '姓名', phone: '电话', address: '地址' },
  note: {
    check: '请核对{field}',
    kept: '粘贴的文字里没有认出{field}，这里还是原来的，请核对。',
    asked: '没有认出{field}，请填写。',
  },
  outcome: {
    between: '、',
    sure: '已填到下面，提交前请看一眼。',
    doubtful: '已填到下面，请核对：{fields}。',
    nothing: '没有认出姓名、电话或地址，什么也没有改。请直接填写下面三栏。',
    too_long: '文字太长（最多 {n} 字），请只粘贴收货人、电话和地址。',
    failed: '识别功能没有加载出来，请检查网络后再试，或直接填写下面三栏。',
    undone: '已恢复为识别前的内容。',
    left: '没有填入任何一栏：',
  },
  apart: {
    offer: '这里好像不只是{field}，要拆开填到三栏吗？',
    do: '拆开填写',
    leave: '保持原样',
  },
};

export default texts;
export type PastingTexts = typeof texts;
