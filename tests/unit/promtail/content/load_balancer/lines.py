"""Lines of every kind, mostly from the examples of AWS's documentation."""

ALB_ACCESS = (
    b"https 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 "
    b"0.086 0.048 0.037 200 201 0 57 "
    b'"GET https://www.example.com:443/shop/a%20b?page=2&q=x HTTP/1.1" "Robot \\"Spider\\" 2.1" '
    b"ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 "
    b"arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 "
    b'"Root=1-58337281-1d84f3d73c47ec4e58577259" "www.example.com" '
    b'"arn:aws:acm:us-east-2:123456789012:certificate/12345678-1234-1234-1234-123456789012" '
    b'1 2018-07-02T22:22:48.364000Z "authenticate,forward" "https://example.com:443/to?secret=1" "-" "10.0.0.1:80" '
    b'"200" "-" "-" TID_1234abcd5678ef90 "api.example.com" "/v2/items?token=2" "TransformSuccess" 203.0.113.9'
)
ALB_ACCESS_VALUES = {
    "type": "https",
    "time": "2018-07-02T22:23:00.186641Z",
    "elb": "app/my-loadbalancer/50dc6c495c0c9188",
    "client": "192.168.131.39:2817",
    "client_ip": "192.168.131.39",
    "client_port": "2817",
    "target": "10.0.0.1:80",
    "target_ip": "10.0.0.1",
    "target_port": "80",
    "request_processing_time": "0.086",
    "target_processing_time": "0.048",
    "response_processing_time": "0.037",
    "elb_status_code": "200",
    "status_class": "2xx",
    "target_status_code": "201",
    "received_bytes": "0",
    "sent_bytes": "57",
    "request": "GET https://www.example.com:443/shop/a%20b?page=2&q=x HTTP/1.1",
    "method": "GET",
    "url": "https://www.example.com:443/shop/a%20b?page=2&q=x",
    "host": "www.example.com",
    "path": "/shop/a%20b",
    "query": "page=2&q=x",
    "protocol": "HTTP/1.1",
    "user_agent": 'Robot "Spider" 2.1',
    "ssl_cipher": "ECDHE-RSA-AES128-GCM-SHA256",
    "ssl_protocol": "TLSv1.2",
    "target_group_arn": "arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067",
    "trace_id": "Root=1-58337281-1d84f3d73c47ec4e58577259",
    "domain_name": "www.example.com",
    "chosen_cert_arn": "arn:aws:acm:us-east-2:123456789012:certificate/12345678-1234-1234-1234-123456789012",
    "matched_rule_priority": "1",
    "request_creation_time": "2018-07-02T22:22:48.364000Z",
    "actions_executed": "authenticate,forward",
    "redirect_url": "https://example.com:443/to?secret=1",
    "target_port_list": "10.0.0.1:80",
    "target_status_code_list": "200",
    "conn_trace_id": "TID_1234abcd5678ef90",
    "transformed_host": "api.example.com",
    "transformed_uri": "/v2/items?token=2",
    "request_transform_status": "TransformSuccess",
    "ip_address": "203.0.113.9",
}
ALB_CONNECTION = (
    b"2023-10-04T17:05:15.514108Z 203.0.113.1 36280 443 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 4.036 "
    b'"CN=amazondomains.com,O=endEntity,L=Seattle" NotBefore=2023-09-21T22:43:21Z;NotAfter=2026-06-17T22:43:21Z '
    b"FEF257372D5C14D4 Success TID_3180a73013c8ca4bac2f731159d4b0fe secp256r1 app/my-lb/1f2e 192.0.2.7"
)
ALB_CONNECTION_VALUES = {
    "timestamp": "2023-10-04T17:05:15.514108Z",
    "client_ip": "203.0.113.1",
    "client_port": "36280",
    "listener_port": "443",
    "tls_protocol": "TLSv1.2",
    "tls_cipher": "ECDHE-RSA-AES128-GCM-SHA256",
    "tls_handshake_latency": "4.036",
    "leaf_client_cert_subject": "CN=amazondomains.com,O=endEntity,L=Seattle",
    "leaf_client_cert_validity": "NotBefore=2023-09-21T22:43:21Z;NotAfter=2026-06-17T22:43:21Z",
    "leaf_client_cert_serial_number": "FEF257372D5C14D4",
    "tls_verify_status": "Success",
    "conn_trace_id": "TID_3180a73013c8ca4bac2f731159d4b0fe",
    "tls_keyexchange": "secp256r1",
    "elb": "app/my-lb/1f2e",
    "ip_address": "192.0.2.7",
}
ALB_HEALTH_CHECK = (
    b"http 2025-10-31T12:44:59.875678Z 0.019584011 172.31.20.97:80 HealthCheckLogsTestTG PASS 200 - "
    b"app/my-lb/1f2e 192.0.2.7"
)
ALB_HEALTH_CHECK_VALUES = {
    "type": "http",
    "time": "2025-10-31T12:44:59.875678Z",
    "latency": "0.019584011",
    "target_addr": "172.31.20.97:80",
    "target_ip": "172.31.20.97",
    "target_port": "80",
    "target_group_id": "HealthCheckLogsTestTG",
    "status": "PASS",
    "status_code": "200",
    "status_class": "2xx",
    "elb": "app/my-lb/1f2e",
    "ip_address": "192.0.2.7",
}
NLB = (
    b"tls 2.0 2020-04-01T08:51:42 net/my-network-loadbalancer/c6e77e28c25b2234 g3d4b5e8bb8464cd "
    b"72.21.218.154:51341 172.100.100.185:443 5 2 98 246 - "
    b"arn:aws:acm:us-east-2:671290407336:certificate/2a108f19-aded-46b0-8493-c63eb1ef4a99 - "
    b"ECDHE-RSA-AES128-SHA tlsv12 x25519 my-network-loadbalancer-c6e77e28c25b2234.elb.us-east-2.amazonaws.com "
    b'h2 h2 "h2","http/1.1" 2020-04-01T08:51:20'
)
NLB_VALUES = {
    "type": "tls",
    "version": "2.0",
    "time": "2020-04-01T08:51:42",
    "elb": "net/my-network-loadbalancer/c6e77e28c25b2234",
    "listener": "g3d4b5e8bb8464cd",
    "client": "72.21.218.154:51341",
    "client_ip": "72.21.218.154",
    "client_port": "51341",
    "destination": "172.100.100.185:443",
    "target_ip": "172.100.100.185",
    "target_port": "443",
    "connection_time": "5",
    "tls_handshake_time": "2",
    "received_bytes": "98",
    "sent_bytes": "246",
    "chosen_cert_arn": "arn:aws:acm:us-east-2:671290407336:certificate/2a108f19-aded-46b0-8493-c63eb1ef4a99",
    "tls_cipher": "ECDHE-RSA-AES128-SHA",
    "tls_protocol_version": "tlsv12",
    "tls_keyexchange": "x25519",
    "domain_name": "my-network-loadbalancer-c6e77e28c25b2234.elb.us-east-2.amazonaws.com",
    "alpn_fe_protocol": "h2",
    "alpn_be_protocol": "h2",
    "alpn_client_preference_list": '"h2","http/1.1"',
    "tls_connection_creation_time": "2020-04-01T08:51:20",
}
CLB = (
    b"2015-05-13T23:39:43.945958Z my-loadbalancer 192.168.131.39:2817 10.0.0.1:80 0.000086 0.001048 0.001337 "
    b'503 200 0 57 "GET https://www.example.com:443/a?b=c HTTP/1.1" "curl/7.38.0" '
    b"DHE-RSA-AES128-SHA TLSv1.2"
)
CLB_VALUES = {
    "timestamp": "2015-05-13T23:39:43.945958Z",
    "elb": "my-loadbalancer",
    "client": "192.168.131.39:2817",
    "client_ip": "192.168.131.39",
    "client_port": "2817",
    "backend": "10.0.0.1:80",
    "target_ip": "10.0.0.1",
    "target_port": "80",
    "request_processing_time": "0.000086",
    "backend_processing_time": "0.001048",
    "response_processing_time": "0.001337",
    "elb_status_code": "503",
    "status_class": "5xx",
    "backend_status_code": "200",
    "received_bytes": "0",
    "sent_bytes": "57",
    "request": "GET https://www.example.com:443/a?b=c HTTP/1.1",
    "method": "GET",
    "url": "https://www.example.com:443/a?b=c",
    "host": "www.example.com",
    "path": "/a",
    "query": "b=c",
    "protocol": "HTTP/1.1",
    "user_agent": "curl/7.38.0",
    "ssl_cipher": "DHE-RSA-AES128-SHA",
    "ssl_protocol": "TLSv1.2",
}
LINES = {
    "alb_access": ALB_ACCESS,
    "alb_connection": ALB_CONNECTION,
    "alb_health_check": ALB_HEALTH_CHECK,
    "nlb": NLB,
    "clb": CLB,
}
VALUES = {
    "alb_access": ALB_ACCESS_VALUES,
    "alb_connection": ALB_CONNECTION_VALUES,
    "alb_health_check": ALB_HEALTH_CHECK_VALUES,
    "nlb": NLB_VALUES,
    "clb": CLB_VALUES,
}
KINDS = tuple(LINES)

_MEGABYTE = 1_000_000
# Lines that an expression which looks back would need hours for.
HOSTILE = tuple(
    start + (part * (_MEGABYTE // len(part) + 1))[:_MEGABYTE] + end
    for part in (
        b" ",
        b"a",
        b"-",
        b"- ",
        b'"',
        b'"-" ',
        b'\\"',
        b'\\\\"',
        b"\\",
        b'" ',
        b":",
        b"1:",
        b"1.",
        b"?",
        b"/?",
        b"a://",
        b'"a b://c ',
        b" HTTP/1.1",
    )
    for start, end in (
        (b"", b""),
        (b"h 2 e ", b" x"),
        (b'h 2 e 192.0.2.1:1 192.0.2.2:1 0 0 0 200 200 1 1 "GET http://h/', b'" "a'),
    )
)
