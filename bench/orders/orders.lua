-- POST /v1/orders, each with a key of its own. Arguments: how many SKUs to spread over, and milliseconds that each
-- connection rests between two orders (0: none).
local threads = 0
local refused = {}

function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
    table.insert(refused, thread)
end

function init(args)
    skus = tonumber(args[1] or "1")
    rest = tonumber(args[2] or "0")
    sent = 0
    bad = 0
    run = os.time() .. "-" .. math.random(1, 1000000000)
    if rest > 0 then
        delay = function() return rest end
    end
end

-- Texts are made once for each SKU, so that the load generator takes little of the machine that it measures.
local bodies = {}
local function body_of(sku)
    local body = bodies[sku]
    if not body then
        body = '{"lines":[{"sku_id":' .. sku .. ',"quantity":1,"price_version":1}],"receiver":{"name":"张三丰",'
            .. '"phone":"13812345678","region_code":"310112","address":"上海市闵行区沪闵路6258号3号楼502室"}}'
        body = "Content-Length: " .. #body .. "\r\n\r\n" .. body
        bodies[sku] = body
    end
    return body
end

function request()
    sent = sent + 1
    local sku = skus == 1 and 1 or (sent * 7919 + number * 31) % skus + 1
    return "POST /v1/orders HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nIdempotency-Key: "
        .. run .. "-" .. number .. "-" .. sent .. "\r\n" .. body_of(sku)
end

function response(status)
    if status ~= 201 then bad = bad + 1 end
end

function done(summary, latency)
    local all_bad = 0
    for _, thread in ipairs(refused) do all_bad = all_bad + thread:get("bad") end
    io.write(string.format("RESULT %.0f %.3f %.3f %d\n", summary.requests * 1e6 / summary.duration,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000, all_bad))
end
