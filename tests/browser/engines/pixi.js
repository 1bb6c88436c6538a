import './libs/adapter';
import './libs/page';
import * as PIXI from './libs/engine';

async function start() {
  const app = new PIXI.Application();
  await app.init({
    canvas: document.getElementById('screen'),
    width: innerWidth,
    height: innerHeight,
    background: '#0000ff',
    preference: 'webgl',
  });
  PIXI.Assets.setPreferences({ preferWorkers: false, preferCreateImageBitmap: false });
  const star = new PIXI.Sprite(await PIXI.Assets.load('images/star.png'));
  star.anchor.set(0.5);
  star.scale.set(8);
  star.position.set(60, 60);
  app.stage.addChild(star);
  app.stage.eventMode = 'static';
  app.stage.hitArea = app.screen;
  app.stage.on('pointerdown', ({ global }) => star.position.copyFrom(global));
  console.log('ready');
}
start();
