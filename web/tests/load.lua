-- Read endpoints of the API and the pages, one after the other; each connection waits a tenth of a second between two requests,
-- so that twenty connections ask 200 times a second.
local paths = {}
for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
local at = 0
function delay() return 100 - math.random(0, 4) end
function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
function response(status, headers, body)
  if status ~= 200 then print("status " .. status .. ": " .. body) end
end
