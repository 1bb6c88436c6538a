import { setTimeout } from './natives.js';
import { Refusal } from './replies.js';

/** The accelerometer knows whether it runs; nothing moves the phone. */
export function sensorActs() {
  let isRunning = false;
  return {
    startAccelerometer() {
      if (isRunning) throw new Refusal('sensor-running');
      isRunning = true;
    },
    stopAccelerometer() { isRunning = false; },
    startGyroscope() {},
    stopGyroscope() {},
  };
}

/** The page stays as it is: whoever listens hears of another orientation than the one before. */
export function orientationActs(events, info) {
  let current = null;
  return {
    setDeviceOrientation({ value }) {
      const { windowWidth, windowHeight } = info();
      const before = current || (windowWidth > windowHeight ? 'landscape' : 'portrait');
      if ((value !== 'landscape' && value !== 'portrait') || value === before) return;
      current = value;
      setTimeout(() => events.DeviceOrientationChange.emit({ value }));
    },
  };
}
