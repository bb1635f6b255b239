// Drives basic-ftp:
// basic-ftp-client.js OPERATION HOST PORT USER PASSWORD MODE PROTECTION RESUMPTION CERTIFICATE ARGUMENT...
"use strict"

const fs = require("node:fs")
const { Client } = require("basic-ftp")

async function connect(host, port, user, password, mode, protection, resumption, certificate) {
    const client = new Client(20000)
    const version = protection === "TLS_1_2" ? "TLSv1.2" : "TLSv1.3"
    const secureOptions = { ca: fs.readFileSync(certificate), minVersion: version, maxVersion: version }
    await client.access({ host, port: Number(port), user, password, secure: protection !== "CLEAR", secureOptions })
    return client
}

/** Appends from where the server says that the file ends: the library has no REST for uploads. */
async function resumePut(client, local, remote) {
    await client.appendFrom(local, remote, { localStart: await client.size(remote) })
}

/** Closes all connections, which is how this library gives up. */
async function abortGet(client, remote, local) {
    client.trackProgress(info => info.bytes > 0 && client.close())
    try {
        await client.downloadTo(local, remote)
    } catch (closed) {
        return
    }
    throw new Error("the download was not aborted")
}

async function listNames(client, remote) {
    const files = await client.list(remote)
    console.log(files.map(file => file.name).join("\n"))
}

async function modified(client, remote) {
    const time = await client.lastMod(remote)
    console.log(time.toISOString().replace(/\.\d+|\D/g, ""))
}

const operations = {
    "get": (client, remote, local) => client.downloadTo(local, remote),
    "resume-get": (client, remote, local) => client.downloadTo(local, remote, fs.statSync(local).size),
    "put": (client, local, remote) => client.uploadFrom(local, remote),
    "resume-put": resumePut,
    "append": (client, local, remote) => client.appendFrom(local, remote),
    "abort-get": abortGet,
    "mirror-down": (client, remote, local) => client.downloadToDir(local, remote),
    "mirror-up": (client, local, remote) => client.uploadFromDir(local, remote),
    "list": listNames,
    "rename": (client, from, to) => client.rename(from, to),
    "make-directory": (client, remote) => client.ensureDir(remote),
    "remove-directory": (client, remote) => client.removeEmptyDir(remote),
    "delete": (client, remote) => client.remove(remote),
    "modified": modified,
    "set-modified": (client, time, remote) => client.send(`MFMT ${time} ${remote}`)
}

async function main(operation, ...args) {
    if (operation === "version") {
        console.log(`basic-ftp ${require("basic-ftp/package.json").version}, Node.js ${process.versions.node}`)
        return
    }
    const client = await connect(...args.slice(0, 8))
    try {
        await operations[operation](client, ...args.slice(8))
    } finally {
        client.close()
    }
}

main(...process.argv.slice(2)).catch(error => {
    console.error(error)
    process.exitCode = 1
})
