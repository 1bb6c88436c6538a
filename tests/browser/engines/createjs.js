require('libs/adapter');
require('libs/page');
require('libs/engine');

const canvas = document.getElementById('screen');
canvas.width = innerWidth;
canvas.height = innerHeight;
const stage = new createjs.Stage(canvas);
createjs.Touch.enable(stage);
const ground = new createjs.Shape();
ground.graphics.beginFill('#0000ff').drawRect(0, 0, innerWidth, innerHeight);
const star = new createjs.Bitmap('images/star.png');
Object.assign(star, { x: 60, y: 60, regX: 4, regY: 4, scaleX: 8, scaleY: 8 });
stage.addChild(ground, star);
stage.on('stagemousedown', ({ stageX, stageY }) => Object.assign(star, { x: stageX, y: stageY }));
createjs.Ticker.on('tick', () => stage.update());
console.log('ready');
