require('libs/adapter');
require('libs/page');
const Phaser = require('libs/engine');

new Phaser.Game({
  type: Phaser.WEBGL,
  canvas: document.getElementById('screen'),
  width: innerWidth,
  height: innerHeight,
  backgroundColor: '#0000ff',
  audio: { noAudio: true },
  banner: false,
  loader: { imageLoadType: 'HTMLImageElement' }, // there are no blobs
  scene: {
    preload() { this.load.image('star', 'images/star.png'); },
    create() {
      const star = this.add.sprite(60, 60, 'star').setScale(8);
      this.input.on('pointerdown', ({ x, y }) => star.setPosition(x, y));
      console.log('ready');
    },
  },
});
