'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { load } = require('./runtime.js');

async function phone() {
  const { createPhoneEvents, eventMembers, EVENT_MEMBERS } = await load('phone-events');
  const events = createPhoneEvents();
  return { events, tt: eventMembers(events), names: EVENT_MEMBERS };
}

test('what is emitted at an event by its name is heard by whoever listens to it, and by nobody else', async () => {
  const { events, tt } = await phone();
  for (const name of Object.keys(events)) {
    const heard = [];
    const listeners = Object.keys(events).map((other) => [other, (value) => heard.push([other, value])]);
    for (const [other, listener] of listeners) tt[`on${other}`](listener);
    events[name].emit({ value: name });
    for (const [other, listener] of listeners) tt[`off${other}`](listener);
    events[name].emit({ value: 'nobody hears' });
    assert.deepEqual(heard, [[name, { value: name }]]);
  }
});

test('each event has its on and its off', async () => {
  const { events, tt, names } = await phone();
  assert.deepEqual(Object.keys(tt), names);
  assert.deepEqual(names, Object.keys(events).flatMap((name) => [`on${name}`, `off${name}`]));
});

test('off without a listener takes off all, and what is no listener is not taken', async () => {
  const { events, tt } = await phone();
  tt.onMemoryWarning(() => assert.fail());
  tt.onMemoryWarning(undefined);
  tt.offMemoryWarning();
  events.MemoryWarning.emit({ level: 10 });
});

test('the accelerometer starts once, and again after a stop', async () => {
  const { sensorActs } = await load('sensors');
  const { startAccelerometer, stopAccelerometer } = sensorActs();
  startAccelerometer();
  assert.throws(startAccelerometer, { row: 'sensor-running' });
  stopAccelerometer();
  startAccelerometer();
});

test('another orientation is heard, and the one that the phone has is not', async () => {
  const { events, tt } = await phone();
  const { orientationActs } = await load('sensors');
  const heard = [];
  tt.onDeviceOrientationChange((event) => heard.push(event));
  const { setDeviceOrientation } = orientationActs(events, () => ({ windowWidth: 390, windowHeight: 844 }));
  for (const value of ['portrait', 'landscape', 'landscape', 'nonsense', 'portrait']) setDeviceOrientation({ value });
  assert.deepEqual(heard, []); // not before the call has returned
  await new Promise((resolve) => { setTimeout(resolve); });
  assert.deepEqual(heard, [{ value: 'landscape' }, { value: 'portrait' }]);
});
