const { colour, rows: shown } = require('../settings.json');

module.exports = function draw(canvas, scores) {
  const pen = canvas.getContext('2d');
  pen.fillStyle = colour;
  scores.slice(0, shown).forEach((score, index) => pen.fillRect(30, index * 30, score, 30));
};
