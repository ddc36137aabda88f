#!/usr/bin/env python3
"""A private git server that ends with whoever started it.

    git.py FOLDER KIND

Starts a server whose data is in FOLDER (new or empty), prints its address when it accepts
connections, and runs until standard input reaches its end or a signal says so. Then the server,
whatever it started, and FOLDER are gone. A bare repository that is put into FOLDER/git is served,
may be pushed to, and has its hooks run. KIND is one of

http    Smart HTTP by lighttpd: `http://127.0.0.1:PORT`. The first line of standard input is
        USER:PASSWORD, without which nobody gets /git/NAME.git; /open/NAME.git is the same
        repository for everybody.
https   The same by nginx, which speaks TLS 1.3 only, and whose authority is FOLDER/ca.crt.
ssh     OpenSSH, for the user who runs this: `ssh://USER@127.0.0.1:PORT`, and then the path of a
        repository. The keys are FOLDER/id_ed25519 and FOLDER/id_rsa, and to
        `ssh -F FOLDER/ssh_config` the hosts scgit and scgit-rsa are this server by either.
daemon  git's own: `git://127.0.0.1:PORT`, and then /NAME.git.
lfs     giftless, a Git LFS server that everybody may write to: `http://127.0.0.1:PORT`, and then
        /ORGANIZATION/NAME.git/info/lfs. LFS_VENV is a Python environment that has it.
lfs-auth
        The same behind nginx, which asks for USER:PASSWORD of the first line of standard input,
        gives parts of objects, and writes FOLDER/access.log. To /ORGANIZATION/slow.git objects
        come at 1 MB a second, and /ORGANIZATION/busy.git may be asked every five seconds.
        /moved/ leads to the same at localhost.

Programs that are put into FOLDER/bin are found by those who come in over ssh.
"""

import ctypes
import os
import pathlib
import pwd
import select
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time

LFS_VENV = os.path.abspath(os.environ.get("LFS_VENV", ""))

# Source: prctl(2).
PR_SET_CHILD_SUBREAPER = 36

SERVERS = []


def http(folder, port):
    write_password()
    backend = git_program("http-backend")
    environment = ", ".join(f'"{name}" => "{value}"' for name, value in os.environ.items())
    write("lighttpd.conf", f"""
        server.modules = ("mod_auth", "mod_authn_file", "mod_alias", "mod_setenv", "mod_cgi")
        server.bind = "127.0.0.1"
        server.port = {port}
        server.document-root = "{folder}/tmp"
        server.upload-dirs = ("{folder}/tmp")
        auth.backend = "htpasswd"
        auth.backend.htpasswd.userfile = "{folder}/htpasswd"
        auth.require = (
          "/git/" => ("method" => "basic", "realm" => "tests", "require" => "valid-user")
        )
        alias.url = ("/git/" => "{backend}/", "/open/" => "{backend}/")
        cgi.assign = ("" => "")
        setenv.set-environment = ({environment})
        """)
    start(tool("lighttpd", "lighttpd"), "-D", "-f", "lighttpd.conf")
    return f"http://127.0.0.1:{port}"


def https(folder, port):
    write_password()
    write_certificates()
    # The path has a name because the expression in `map` makes nginx forget a number.
    write("nginx.conf", f"""
        daemon off;
        master_process off;
        pid nginx.pid;
        events {{}}
        http {{
          access_log off;
          client_max_body_size 0;
          client_body_temp_path tmp/body;
          fastcgi_temp_path tmp/fastcgi;
          proxy_temp_path tmp/proxy;
          scgi_temp_path tmp/scgi;
          uwsgi_temp_path tmp/uwsgi;
          map $uri $realm {{ default tests; ~^/open/ off; }}
          server {{
            listen 127.0.0.1:{port} ssl;
            ssl_protocols TLSv1.3;
            ssl_certificate server.crt;
            ssl_certificate_key server.key;
            location ~ ^/(git|open)(?<path>/.+)$ {{
              auth_basic $realm;
              auth_basic_user_file htpasswd;
              include /etc/nginx/fastcgi_params;
              fastcgi_param SCRIPT_FILENAME {git_program("http-backend")};
              fastcgi_param PATH_INFO $path;
              fastcgi_pass unix:fastcgi.sock;
            }}
          }}
        }}
        """)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("fastcgi.sock")
        listener.listen()
        start(tool("fcgiwrap", "fcgiwrap"), "-c", "4", stdin=listener)
    start(tool("nginx", "nginx"), "-e", "stderr", "-p", folder, "-c", f"{folder}/nginx.conf")
    return f"https://127.0.0.1:{port}"


def ssh(folder, port):
    user = pwd.getpwuid(os.geteuid()).pw_name
    environment = " ".join(f'"{name}={value}"' for name, value in os.environ.items())
    host_key = make_key("host_key", "ed25519")
    write("known_hosts", f"[127.0.0.1]:{port} {host_key}")
    write("authorized_keys", make_key("id_ed25519", "ed25519") + make_key("id_rsa", "rsa"))
    write("sshd_config", f"""
        ListenAddress 127.0.0.1:{port}
        PidFile none
        HostKey "{folder}/host_key"
        AuthorizedKeysFile "{folder}/authorized_keys"
        AuthenticationMethods publickey
        StrictModes no
        UsePAM no
        MaxStartups 100
        SetEnv {environment}
        """)
    write("ssh_config", f"""
        Host scgit-rsa
          IdentityFile "{folder}/id_rsa"
        Host * !scgit-rsa
          IdentityFile "{folder}/id_ed25519"
        Host *
          HostName 127.0.0.1
          Port {port}
          User {user}
          IdentitiesOnly yes
          UserKnownHostsFile "{folder}/known_hosts"
          GlobalKnownHostsFile none
          StrictHostKeyChecking yes
        """)
    if os.geteuid() == 0:
        # Where root's sshd locks up what has not logged in.
        os.makedirs("/run/sshd", mode=0o755, exist_ok=True)
    start(tool("sshd", "openssh-server"), "-D", "-e", "-f", f"{folder}/sshd_config")
    return f"ssh://{user}@127.0.0.1:{port}"


def daemon(folder, port):
    start(
        git_program("daemon"), "--listen=127.0.0.1", f"--port={port}", "--reuseaddr",
        f"--base-path={folder}/git", "--export-all", "--enable=receive-pack")
    return f"git://127.0.0.1:{port}"


def lfs(folder, port, inner=None):
    if not os.path.exists(f"{LFS_VENV}/ready"):
        die("LFS_VENV is no Python environment with giftless; make .build/lfs-venv/ready")
    write("giftless.yaml", f"""
        TRANSFER_ADAPTERS:
          basic:
            factory: giftless.transfer.basic_streaming:factory
            options:
              storage_class: giftless.storage.local_storage:LocalStorage
              storage_options: {{path: "{folder}/lfs"}}
              action_lifetime: 3600
        AUTH_PROVIDERS: [giftless.auth.allow_anon:read_write]
        PRE_AUTHORIZED_ACTION_PROVIDER:
          factory: giftless.auth.jwt:factory
          options: {{algorithm: HS256, private_key: tests, default_lifetime: 3600}}
        """)
    os.environ["GIFTLESS_CONFIG_FILE"] = f"{folder}/giftless.yaml"
    start(
        f"{LFS_VENV}/bin/python", "-m", "waitress", f"--listen=127.0.0.1:{inner or port}",
        "--call", "giftless.app:init_app")
    return f"http://127.0.0.1:{port}"


def lfs_auth(folder, port):
    write_password()
    address = lfs(folder, port, inner := free_port())
    wait_until_it_accepts(inner)
    write("nginx.conf", f"""
        daemon off;
        master_process off;
        pid nginx.pid;
        events {{}}
        http {{
          access_log {folder}/access.log;
          client_max_body_size 0;
          client_body_temp_path tmp/body;
          fastcgi_temp_path tmp/fastcgi;
          proxy_temp_path tmp/proxy;
          scgi_temp_path tmp/scgi;
          uwsgi_temp_path tmp/uwsgi;
          proxy_request_buffering off;
          proxy_http_version 1.1;
          proxy_set_header Host $http_host;
          map $uri $busy {{ default ""; ~/busy\\.git/ all; }}
          map $busy $patience {{ default ""; all 5; }}
          map $uri $rate {{ default 0; ~/slow/ 1m; }}
          limit_req_zone $busy zone=busy:1m rate=12r/m;
          limit_req_status 429;
          server {{
            listen 127.0.0.1:{port};
            location ~ ^/moved/(?<rest>.+)$ {{ return 307 http://localhost:{port}/$rest; }}
            location ~ /objects/batch$ {{
              limit_req zone=busy;
              add_header Retry-After $patience always;
              auth_basic tests;
              auth_basic_user_file htpasswd;
              # Those of a location replace all others.
              proxy_set_header Authorization "";
              proxy_set_header Host $http_host;
              proxy_pass http://127.0.0.1:{inner};
            }}
            location ~ ^/(?<place>.+)/objects/storage/(?<oid>[0-9a-f]+)$ {{
              error_page 418 = @bytes;
              if ($request_method = GET) {{ return 418; }}
              proxy_pass http://127.0.0.1:{inner};
            }}
            location @bytes {{
              root {folder}/lfs;
              limit_rate $rate;
              try_files /$place/$oid =404;
            }}
            location / {{ proxy_pass http://127.0.0.1:{inner}; }}
          }}
        }}
        """)
    start(tool("nginx", "nginx"), "-e", "stderr", "-p", folder, "-c", f"{folder}/nginx.conf")
    return address


def free_port():
    """A port of this machine that nobody listens at now."""
    with socket.socket() as reservation:
        reservation.bind(("127.0.0.1", 0))
        return reservation.getsockname()[1]


def write_password():
    """Makes `htpasswd` of the first line of standard input."""
    user, colon, password = sys.stdin.readline().rstrip("\n").partition(":")
    if not colon:
        die("no USER:PASSWORD on standard input")
    hashed = subprocess.run(
        [tool("htpasswd", "apache2-utils"), "-niB", user], input=password,
        stdout=subprocess.PIPE, text=True, check=True)
    write("htpasswd", hashed.stdout)


def write_certificates():
    """Makes an authority, `ca.crt`, and a certificate by it for this machine, `server.crt`."""
    make_certificate("ca", "/CN=test CA", "keyUsage=critical,keyCertSign,cRLSign")
    make_certificate(
        "server", "/CN=server", "basicConstraints=critical,CA:FALSE",
        "subjectAltName=DNS:localhost,IP:127.0.0.1", "extendedKeyUsage=serverAuth",
        authority=["-CA", "ca.crt", "-CAkey", "ca.key"])


def make_certificate(name, subject, *extensions, authority=()):
    subprocess.run(
        [tool("openssl", "openssl"), "req", "-x509", "-newkey", "ec",
         "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj", subject,
         "-keyout", f"{name}.key", "-out", f"{name}.crt", *authority,
         *(word for extension in extensions for word in ("-addext", extension))],
        stderr=subprocess.DEVNULL, check=True)


def make_key(name, kind):
    """Makes a key for SSH, and returns the line of its public half."""
    subprocess.run(
        [tool("ssh-keygen", "openssh-client"), "-q", "-N", "", "-t", kind, "-f", name], check=True)
    return pathlib.Path(f"{name}.pub").read_text()


def write(name, text):
    pathlib.Path(name).write_text(textwrap.dedent(text))


def tool(name, package):
    return shutil.which(name) or die(f"{name} is missing; apt-get install {package}")


def git_program(name):
    """The path of one of git's own programs, which are not in PATH."""
    folder = subprocess.run(
        [tool("git", "git"), "--exec-path"], stdout=subprocess.PIPE, text=True, check=True)
    return f"{folder.stdout.strip()}/git-{name}"


def start(*command, stdin=subprocess.DEVNULL):
    """Starts what is to run as long as this does; it is ended even when this is killed."""
    with open("log", "ab") as log:
        SERVERS.append(subprocess.Popen(
            [tool("setpriv", "util-linux"), "--pdeathsig", "TERM", *command],
            stdin=stdin, stdout=log, stderr=log))


def serve(folder, kind):
    with socket.socket() as reservation:
        # Held, the port is given to nobody else; a server that sets this option too may listen.
        reservation.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        reservation.bind(("127.0.0.1", 0))
        port = reservation.getsockname()[1]
        address = KINDS[kind](folder, port)
        wait_until_it_accepts(port)
        print(address, flush=True)
        wait_for_end_of_input()


def wait_until_it_accepts(port):
    for _ in range(600):
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        if any(server.poll() is not None for server in SERVERS):
            break
    die_with_log("the server did not start")


def wait_for_end_of_input():
    ends = [os.pidfd_open(server.pid) for server in SERVERS]
    while True:
        ready, _, _ = select.select([0, *ends], [], [])
        if ready != [0]:
            die_with_log("the server ended by itself")
        if not os.read(0, 65536):
            return


def end_all_processes():
    """Kills the servers and whatever they started, all of which become children of this."""
    while True:
        children = pathlib.Path(f"/proc/self/task/{os.getpid()}/children").read_text()
        for child in children.split():
            os.kill(int(child), signal.SIGKILL)
        try:
            os.wait()
        except ChildProcessError:
            return


def die(message):
    sys.exit(f"git.py: {message}")


def die_with_log(message):
    last = pathlib.Path("log").read_text(errors="replace").splitlines()[-20:]
    die("\n".join([message, *last]))


def main(folder, kind):
    # What a starter with many threads leaks into a child must not stay open as long as this runs.
    os.closerange(3, 1 << 20)
    if os.path.exists(folder) and os.listdir(folder):
        die(f"FOLDER is not empty: {folder}")
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        os.makedirs(f"{folder}/git")
        os.mkdir(f"{folder}/tmp")
        os.mkdir(f"{folder}/bin")
        os.chmod(folder, 0o700)
        os.chdir(folder)
        set_environment(folder)
        serve(folder, kind)
    finally:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        end_all_processes()
        shutil.rmtree(folder)


def set_environment(folder):
    """Sets all that git on the server's side is told, which is nothing of the user's own."""
    path = os.environ["PATH"]
    os.environ.clear()
    os.environ.update({
        "PATH": f"{folder}/bin:{path}:/usr/local/sbin:/usr/sbin:/sbin",
        "HOME": folder,
        "TMPDIR": f"{folder}/tmp",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_PROJECT_ROOT": f"{folder}/git",
        "GIT_HTTP_EXPORT_ALL": "1",
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": "safe.directory",
        "GIT_CONFIG_VALUE_0": "*",
        # Git asks for a user's name before it takes a push.
        "GIT_CONFIG_KEY_1": "http.receivepack",
        "GIT_CONFIG_VALUE_1": "true",
    })


KINDS = {
    "http": http, "https": https, "ssh": ssh, "daemon": daemon, "lfs": lfs, "lfs-auth": lfs_auth,
}

if len(sys.argv) != 3 or sys.argv[2] not in KINDS:
    die(f"usage: git.py FOLDER {'|'.join(KINDS)}")
main(os.path.realpath(sys.argv[1]), sys.argv[2])
