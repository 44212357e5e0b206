-- Asks Portcullis about the request at hand and leaves its answer in txn.portcullis_status ("200", "401", "403"; "none"
-- when there is no answer) and txn.portcullis_id. A connection of its own and not core.httpclient: that one tries again
-- for three seconds when nobody listens.

local port = tonumber(os.getenv("PORTCULLIS_PORT") or "8181")

-- What the sidecar's mapping draws on, besides the request line.
local passed = { "host", "x-portcullis-user", "user-agent", "referer", "authorization" }

core.register_action("portcullis", { "http-req" }, function(txn)
    txn:set_var("txn.portcullis_status", "none")
    txn:set_var("txn.portcullis_id", "")

    local lines = {
        "GET /authz HTTP/1.0",
        "x-original-method: " .. txn.sf:method(),
        "x-original-uri: " .. txn.sf:pathq(),
        "x-original-host: " .. txn.sf:req_hdr("host"),
        "x-forwarded-for: " .. txn.sf:src(),
        "x-forwarded-proto: " .. (txn.sf:ssl_fc() == 1 and "https" or "http"),
    }
    local headers = txn.http:req_get_headers()
    for _, name in ipairs(passed) do
        -- Every value: one that is there twice has to be seen twice.
        for i = 0, 1000 do
            local value = headers[name] and headers[name][i]
            if value == nil then break end
            lines[#lines + 1] = name .. ": " .. value
        end
    end

    local socket = core.tcp()
    socket:settimeout(1)
    if not socket:connect("127.0.0.1", port) then return end
    socket:send(table.concat(lines, "\r\n") .. "\r\n\r\n")
    local first = socket:receive("*l")
    local status = first and first:match("^HTTP/1%.%d (%d%d%d)")
    while status do
        local line = socket:receive("*l")
        if line == nil or line == "" or line == "\r" then break end
        local id = line:lower():match("^x%-decision%-id: ([0-9a-z-]+)")
        if id then txn:set_var("txn.portcullis_id", id) end
    end
    socket:close()
    if status then txn:set_var("txn.portcullis_status", status) end
end)
