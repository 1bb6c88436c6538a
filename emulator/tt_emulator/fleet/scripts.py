"""What Redis does as one: each script looks whether the epoch is still the caller's, then writes.

A command that was given up may arrive late, after others. So what is written beside the log carries
the `step` of its server, which only grows: an older step than the last is refused. The log needs
none, since a line has its number.

A full Redis refuses what takes memory only as long as the script has written nothing, so that none
is done by half.
"""

from hashlib import sha1

from msgspec import Struct

from tt_emulator.fleet.packing import Argument, Command

DONE, FENCED, FORGOTTEN, OVERTAKEN = range(4)
"""What a script answers that writes."""

DROPPED_MS = 86_400_000
"""For so long it is known that a world was dropped, should its owner be paused meanwhile."""


class Script(Struct, frozen=True):
    """A script and the name by which Redis knows it."""

    source: str
    sha: str

    def command(self, keys: tuple[str, ...], *arguments: Argument) -> Command:
        """The call of it."""
        return ("EVALSHA", self.sha, len(keys), *keys, *arguments)


def _script(source: str) -> Script:
    return Script(source, sha1(source.encode(), usedforsecurity=False).hexdigest())


# An epoch below the caller's is that of a Redis which has lost the caller's claim.
_EPOCH = """
local function fence(epoch, step)
  local had = redis.call('HMGET', KEYS[1], 'epoch', 'step')
  if had[1] ~= epoch then
    if not had[1] or tonumber(had[1]) < tonumber(epoch) then return 2 end
    return 1
  end
  if tonumber(step) < tonumber(had[2]) then return 3 end
  return 0
end
"""

# Parts that nothing names any more, or that somebody began to write and did not end.
_SWEEP = """
local function sweep(large, parts)
  if redis.call('EXISTS', parts) == 0 then return end
  local named = {}
  for _, manifest in ipairs(redis.call('HVALS', large)) do
    named[string.match(manifest, '^(%S+) ')] = true
  end
  for _, field in ipairs(redis.call('HKEYS', parts)) do
    if not named[string.match(field, '^(.*):')] then redis.call('HDEL', parts, field) end
  end
end
"""

# Who had a world and was paused while it was dropped has lost it: Redis has not forgotten it.
_DROPPED = """
local function was_dropped(key, epoch)
  local under = redis.call('GET', key)
  return under and tonumber(under) >= tonumber(epoch)
end
"""

# A new world begins with the time as its epoch: one that was dropped cannot begin as it did before.
# Where Redis has forgotten everything, an owner without a beat may live, and have written its world
# by half.
CLAIM = _script("""
local own, worlds, marker, recovering = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local world, me, url, platform, suspect, beats, schema = unpack(ARGV)
local had = redis.call('HMGET', own, 'epoch', 'owner', 'url', 'last', 'platform', 'schema',
  'clock', 'partial')
local remembers = redis.call('EXISTS', marker) == 1 and redis.call('EXISTS', recovering) == 0
if not had[1] then
  if not remembers then return {'recovering'} end
  local now = redis.call('TIME')
  local epoch = now[1] .. string.format('%06d', now[2])
  redis.call('HSET', own, 'epoch', epoch, 'owner', me, 'url', url, 'platform', platform,
    'schema', schema, 'last', 0, 'checkpoint', 0, 'step', 0)
  local now_ms = now[1] .. string.format('%03d', now[2] / 1000)
  redis.call('ZADD', worlds, now_ms, world)
  redis.call('UNLINK', unpack(KEYS, 5))
  return {'new', epoch, '0', platform, '0', now_ms}
end
local owner = had[2]
if owner ~= '' and owner ~= me then
  if owner ~= suspect and redis.call('EXISTS', beats .. owner) == 1 then
    return {'elsewhere', had[3]}
  end
  if not remembers and (owner ~= suspect or had[8]) then return {'recovering'} end
end
if tonumber(had[6] or 0) > tonumber(schema) then return {'newer', had[6]} end
redis.call('HSET', own, 'owner', me, 'url', url, 'step', 0, 'schema', schema)
redis.call('HDEL', own, 'partial')
return {'taken', redis.call('HINCRBY', own, 'epoch', 1), had[4], had[5], had[7] or '0',
  redis.call('ZSCORE', worlds, world) or '0'}
""")

# Lines that are there already must be the very same: the reply to an earlier try was lost.
# KEYS: own, log, dropped.
# ARGV: epoch, number of the line before, latest time in the lines, those.
APPEND = _script(f"""{_DROPPED}
local epoch, before, clock, count = ARGV[1], tonumber(ARGV[2]), ARGV[3], #ARGV - 3
local had = redis.call('HMGET', KEYS[1], 'epoch', 'last', 'partial')
if had[1] ~= epoch then
  if not had[1] and was_dropped(KEYS[3], epoch) then return 1 end
  if not had[1] or tonumber(had[1]) < tonumber(epoch) then return 2 end
  return 1
end
if had[3] then return 2 end
local last = tonumber(had[2])
if last < before then return 2 end
if last > before then
  local there = redis.call('XRANGE', KEYS[2], (before + 1) .. '-0', last .. '-0')
  if #there ~= last - before then return 1 end
  for i = 1, math.min(#there, count) do
    if there[i][2][2] ~= ARGV[i + 3] then return 1 end
  end
  if count <= #there then return 0 end
end
for i = last - before + 1, count do
  redis.call('XADD', KEYS[2], (before + i) .. '-0', 'd', ARGV[i + 3])
end
redis.call('HSET', KEYS[1], 'last', before + count, 'clock', clock)
return 0
""")

# KEYS: own, a hash. ARGV: epoch, step, how many to delete, those, then pairs of field and value.
PIECE = _script(f"""{_EPOCH}
local refused = fence(ARGV[1], ARGV[2])
if refused > 0 then return refused end
local deleted = tonumber(ARGV[3])
for i = 4, 3 + deleted do redis.call('HDEL', KEYS[2], ARGV[i]) end
for i = 4 + deleted, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
redis.call('HSET', KEYS[1], 'step', ARGV[2])
return 0
""")

# KEYS: own, the coming life. ARGV: epoch, step, offset, bytes.
LIFE_PIECE = _script(f"""{_EPOCH}
local refused = fence(ARGV[1], ARGV[2])
if refused > 0 then return refused end
if ARGV[3] == '0' then redis.call('SET', KEYS[2], '') end
if redis.call('STRLEN', KEYS[2]) < tonumber(ARGV[3]) then return 3 end
redis.call('SETRANGE', KEYS[2], ARGV[3], ARGV[4])
redis.call('HSET', KEYS[1], 'step', ARGV[2])
return 0
""")

# KEYS: own, the coming life, life, log, large, parts.
# ARGV: epoch, step, number of the last line in it, length of the life (0: none), lines to keep,
# whether all of the world was written (1).
SEAL = _script(f"""{_EPOCH}{_SWEEP}
local refused = fence(ARGV[1], ARGV[2])
if refused > 0 then return refused end
local had = redis.call('HMGET', KEYS[1], 'last', 'checkpoint', 'partial')
if had[3] and ARGV[6] ~= '1' then return 2 end
local seq, length = tonumber(ARGV[3]), tonumber(ARGV[4])
if seq > tonumber(had[1]) then return 2 end
if seq < tonumber(had[2]) then return 3 end
if length == 0 then
  redis.call('UNLINK', KEYS[3])
elseif redis.call('STRLEN', KEYS[2]) == length then
  redis.call('RENAME', KEYS[2], KEYS[3])
elseif seq ~= tonumber(had[2]) or redis.call('STRLEN', KEYS[3]) ~= length then
  return 3
end
redis.call('HSET', KEYS[1], 'checkpoint', ARGV[3], 'step', ARGV[2])
redis.call('HDEL', KEYS[1], 'partial')
redis.call('XTRIM', KEYS[4], 'MINID', '=', math.max(0, seq + 1 - ARGV[5]) .. '-0')
sweep(KEYS[5], KEYS[6])
return 0
""")

# The world is `partial` until the seal: its owner, to whom it is forgotten, writes it once more.
# KEYS: own, worlds, dropped, then what is emptied.
# ARGV: epoch, step, world, owner, url, platform, last, schema, clock.
REWRITE = _script(f"""{_DROPPED}
local had = redis.call('HMGET', KEYS[1], 'epoch', 'step')
local epoch, step = tonumber(ARGV[1]), tonumber(ARGV[2])
if had[1] and tonumber(had[1]) > epoch then return 1 end
if not had[1] and was_dropped(KEYS[3], ARGV[1]) then return 1 end
if had[1] == ARGV[1] and step < tonumber(had[2]) then return 3 end
redis.call('UNLINK', unpack(KEYS, 4))
redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'step', ARGV[2], 'owner', ARGV[4], 'url', ARGV[5],
  'platform', ARGV[6], 'last', ARGV[7], 'checkpoint', ARGV[7], 'schema', ARGV[8],
  'clock', ARGV[9], 'partial', 1)
local now = redis.call('TIME')
redis.call('ZADD', KEYS[2], 'NX', now[1] .. string.format('%03d', now[2] / 1000), ARGV[3])
return 0
""")

# KEYS: own, kept, large, parts. ARGV: epoch, step, field, then the text: all of it, or none to
# forget it.
KEEP = _script(f"""{_EPOCH}{_SWEEP}
local refused = fence(ARGV[1], ARGV[2])
if refused > 0 then return refused end
if ARGV[4] then redis.call('HSET', KEYS[2], ARGV[3], ARGV[4])
else redis.call('HDEL', KEYS[2], ARGV[3]) end
if redis.call('HDEL', KEYS[3], ARGV[3]) == 1 then sweep(KEYS[3], KEYS[4]) end
redis.call('HSET', KEYS[1], 'step', ARGV[2])
return 0
""")

# KEYS: as above. ARGV: epoch, step, field, id of the parts, how many they are.
JOIN = _script(f"""{_EPOCH}{_SWEEP}
local refused = fence(ARGV[1], ARGV[2])
if refused > 0 then return refused end
for number = 0, ARGV[5] - 1 do
  if redis.call('HEXISTS', KEYS[4], ARGV[4] .. ':' .. number) == 0 then return 2 end
end
redis.call('HSET', KEYS[3], ARGV[3], ARGV[4] .. ' ' .. ARGV[5])
redis.call('HDEL', KEYS[2], ARGV[3])
sweep(KEYS[3], KEYS[4])
redis.call('HSET', KEYS[1], 'step', ARGV[2])
return 0
""")

# KEYS: own, large, parts. ARGV: epoch, step.
SWEEP = _script(f"""{_EPOCH}{_SWEEP}
local refused = fence(ARGV[1], ARGV[2])
if refused > 0 then return refused end
sweep(KEYS[2], KEYS[3])
redis.call('HSET', KEYS[1], 'step', ARGV[2])
return 0
""")

# KEYS: kept, large. ARGV: field. Gives the text, or of its parts the id and how many they are.
LOOK_UP = _script("""
return {redis.call('HGET', KEYS[1], ARGV[1]), redis.call('HGET', KEYS[2], ARGV[1])}
""")

# KEYS: own, kept, large, parts. ARGV: epoch, step, how the fields begin.
CLEAR = _script(f"""{_EPOCH}{_SWEEP}
local refused = fence(ARGV[1], ARGV[2])
if refused > 0 then return refused end
for _, key in ipairs({{KEYS[2], KEYS[3]}}) do
  for _, field in ipairs(redis.call('HKEYS', key)) do
    if string.sub(field, 1, #ARGV[3]) == ARGV[3] then redis.call('HDEL', key, field) end
  end
end
sweep(KEYS[3], KEYS[4])
redis.call('HSET', KEYS[1], 'step', ARGV[2])
return 0
""")

# KEYS: log. ARGV: after which number to begin, how many lines and bytes are enough. Gives
# number and text of each by turns, found few at a time, since any of them may be long.
LINES = _script("""
local first, lines, bytes = '(' .. ARGV[1] .. '-0', ARGV[2] * 2, tonumber(ARGV[3])
local found = {}
while #found < lines and bytes > 0 do
  local entries = redis.call('XRANGE', KEYS[1], first, '+', 'COUNT', 4)
  if #entries == 0 then break end
  for _, entry in ipairs(entries) do
    found[#found + 1] = string.match(entry[1], '^(%d+)')
    found[#found + 1] = entry[2][2]
    bytes = bytes - #entry[2][2]
  end
  first = '(' .. entries[#entries][1]
end
return found
""")

_TELL = """
local function tell(epoch, world, used, seq, brief)
  if brief ~= '' then redis.call('HSET', KEYS[1], 'brief', brief, 'briefed', seq) end
  redis.call('ZADD', KEYS[2], 'XX', 'GT', used, world)
end
"""

# KEYS: own, worlds. ARGV: epoch, world, when it was used last, number of the last line, brief.
TELL = _script(f"""{_TELL}
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then return 1 end
tell(unpack(ARGV))
return 0
""")

# The second may be the repetition of the first whose reply was lost. As `TELL`.
RELEASE = _script(f"""{_TELL}
local had = redis.call('HMGET', KEYS[1], 'epoch', 'owner')
if not had[1] or tonumber(had[1]) < tonumber(ARGV[1]) then return 2 end
if had[1] == ARGV[1] then
  redis.call('HSET', KEYS[1], 'owner', '', 'url', '')
  redis.call('HINCRBY', KEYS[1], 'epoch', 1)
  tell(unpack(ARGV))
  return 0
end
if tonumber(had[1]) == tonumber(ARGV[1]) + 1 and had[2] == '' then return 0 end
return 1
""")

_DROP = f"""
local function drop(epoch, world)
  redis.call('UNLINK', KEYS[1], unpack(KEYS, 4))
  redis.call('ZREM', KEYS[2], world)
  redis.call('SET', KEYS[3], epoch, 'PX', {DROPPED_MS})
end
"""

# KEYS: own, worlds, dropped, the other keys of the world. ARGV: epoch, world.
DROP = _script(f"""{_DROP}
local epoch = redis.call('HGET', KEYS[1], 'epoch')
if epoch and tonumber(epoch) > tonumber(ARGV[1]) then return 1 end
drop(unpack(ARGV))
return 0
""")

# Of a world that nobody has, and that is as it was seen; gives whether it is dropped. Who is taken
# for dead may have written a line since, of which it has not told yet.
# KEYS: as `DROP`. ARGV: world, epoch, last use, suspect, beats, schema.
DROP_AT_REST = _script(f"""{_DROP}
local world, epoch, used, suspect, beats, schema = unpack(ARGV)
local had = redis.call('HMGET', KEYS[1], 'epoch', 'owner', 'schema', 'last', 'briefed', 'partial')
if had[4] ~= had[5] or had[6] then return 0 end
if had[1] ~= epoch or tonumber(had[3] or 0) > tonumber(schema) then return 0 end
if had[2] ~= '' and had[2] ~= suspect and redis.call('EXISTS', beats .. had[2]) == 1 then
  return 0
end
if tonumber(redis.call('ZSCORE', KEYS[2], world)) ~= tonumber(used) then return 0 end
drop(epoch, world)
return 1
""")

# Gives how long Redis is recovering (-2: it is not), then id, entry and liveness of each server. A
# full Redis refuses SET and HSET, and yet its servers live.
BEAT = _script("""
local beat, servers, marker, recovering = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local id, entry, alive_ms, recover_ms, beats = unpack(ARGV)
if redis.call('EXISTS', marker) == 0 then
  redis.call('SET', recovering, '1', 'PX', recover_ms)
  redis.call('SET', marker, '1')
end
if redis.call('PEXPIRE', beat, alive_ms) == 0 then
  redis.call('SET', beat, '1', 'PX', alive_ms)
end
if redis.call('HGET', servers, id) ~= entry then redis.call('HSET', servers, id, entry) end
local found = {redis.call('PTTL', recovering)}
local all = redis.call('HGETALL', servers)
for i = 1, #all, 2 do
  found[#found + 1] = {all[i], all[i + 1], redis.call('EXISTS', beats .. all[i])}
end
return found
""")

LOAD: tuple[Command, ...] = tuple(
    ("SCRIPT", "LOAD", script.source)
    for script in (
        CLAIM, APPEND, PIECE, LIFE_PIECE, SEAL, REWRITE, KEEP, JOIN, SWEEP, LOOK_UP, CLEAR, LINES,
        TELL, RELEASE, DROP, DROP_AT_REST, BEAT,
    )
)  # fmt: skip
"""Has Redis know them all."""
