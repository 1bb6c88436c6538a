import './libs/adapter';
import './libs/page';
import * as THREE from './libs/engine';

const canvas = document.getElementById('screen');
const renderer = new THREE.WebGLRenderer({ canvas });
renderer.setSize(innerWidth, innerHeight, false);
renderer.setClearColor('#0000ff');
const scene = new THREE.Scene();
const camera = new THREE.OrthographicCamera(0, innerWidth, 0, innerHeight, -10, 10);

new THREE.TextureLoader().load('images/star.png', (map) => {
  const star = new THREE.Sprite(new THREE.SpriteMaterial({ map }));
  star.scale.set(64, 64, 1);
  star.position.set(60, 60, 0);
  star.material.side = THREE.DoubleSide;
  scene.add(star);
  canvas.addEventListener('touchstart', ({ touches: [{ clientX, clientY }] }) => star.position.set(clientX, clientY, 0));
  console.log('ready');
});
renderer.setAnimationLoop(() => renderer.render(scene, camera));
