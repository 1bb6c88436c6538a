import style from 'render/style.js';
import { scoreOf } from '../rank';

export default function drawRow(pen, friend, top) {
  pen.fillStyle = style.bar;
  pen.fillRect(style.rowHeight, top, scoreOf(friend), style.rowHeight);
  const avatar = tt.createImage();
  avatar.onload = () => pen.drawImage(avatar, 0, top, style.rowHeight, style.rowHeight);
  avatar.src = friend.avatarUrl;
}
