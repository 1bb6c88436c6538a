export default { width: 120, rowHeight: 30, rows: 3, bar: '#0000ff' };
