-- A session in Neovim through nvim-dap, as docs/other-editors.md sets it up; what is seen goes to the file $OUT, a line a stop.
-- In: $NVIM_DAP (folder of the plug-in), $NODE, $ADAPTER, $OUT.
vim.opt.runtimepath:append(vim.env.NVIM_DAP)
vim.opt.swapfile = false
local dap = require('dap')
dap.adapters.sockscope = { type = 'executable', command = vim.env.NODE, args = { vim.env.ADAPTER } }

local stops = 0
local last
dap.listeners.after.event_stopped['test'] = function(_, body)
  stops = stops + 1
  last = body
end
local ended = false
dap.listeners.after.event_terminated['test'] = function() ended = true end

local out = assert(io.open(vim.env.OUT, 'w'))
local function look(title, wanted)
  local come = vim.wait(120000, function()
    local session = dap.session()
    return stops >= wanted and session ~= nil and session.current_frame ~= nil
  end, 20)
  local session = dap.session()
  local frame = session and session.current_frame
  local file = frame and frame.source and frame.source.path or '?'
  out:write(string.format('%s: %s, %s in %s, cursor in %s\n', title, come and last.reason or 'no stop',
    frame and frame.name or '?', vim.fn.fnamemodify(file, ':t'), vim.fn.fnamemodify(vim.api.nvim_buf_get_name(0), ':t')))
  return session
end

local function value(session, expression)
  local answer
  session:request('evaluate', { expression = expression, frameId = session.current_frame.id, context = 'watch' },
    function(err, response) answer = err and 'error' or response.result end)
  vim.wait(30000, function() return answer ~= nil end, 20)
  return answer
end

local function go(title, move, wanted)
  dap.session().current_frame = nil
  move()
  return look(title, wanted)
end

dap.run({ type = 'sockscope', request = 'launch', name = 'test', scenario = 'tcp-socket', stopAt = 'inet_create' })
local session = look('launch', 1)
go('step over', dap.step_over, 2)
session = go('step back', dap.step_back, 3)
out:write('sock->state: ' .. tostring(value(session, 'sock->state')) .. '\n')
go('travel', function()
  session.stopped_thread_id = nil
  session:request('sockscope/travelTo', { clock = 3 }, function() end)
end, 4)
go('continue', dap.continue, 5)
dap.continue()
vim.wait(30000, function() return ended end, 20)
out:write('terminated: ' .. tostring(ended) .. '\n')
out:close()
vim.cmd('qa!')
