/* SPDX-License-Identifier: BSD-3-Clause */
/* Every number from 0 on, in order: ERROR(number, text). */
#pragma once

#define ERRORS \
	ERROR(0, "No error") \
	ERROR(EPERM, "Operation not permitted") \
	ERROR(ENOENT, "No such file or directory") \
	ERROR(ESRCH, "No such process") \
	ERROR(EINTR, "Interrupted") \
	ERROR(EIO, "Input/output error") \
	ERROR(ENXIO, "No such device or address") \
	ERROR(E2BIG, "Argument list too long") \
	ERROR(ENOEXEC, "Not an executable format") \
	ERROR(EBADF, "Bad file descriptor") \
	ERROR(ECHILD, "No child process") \
	ERROR(EAGAIN, "Try again later") \
	ERROR(ENOMEM, "Out of memory") \
	ERROR(EACCES, "Permission denied") \
	ERROR(EFAULT, "Bad address") \
	ERROR(ENOTBLK, "Not a block device") \
	ERROR(EBUSY, "Busy") \
	ERROR(EEXIST, "Exists already") \
	ERROR(EXDEV, "Link between devices") \
	ERROR(ENODEV, "No such device") \
	ERROR(ENOTDIR, "Not a directory") \
	ERROR(EISDIR, "Is a directory") \
	ERROR(EINVAL, "Invalid argument") \
	ERROR(ENFILE, "Too many open files in the system") \
	ERROR(EMFILE, "Too many open files") \
	ERROR(ENOTTY, "Not a terminal") \
	ERROR(ETXTBSY, "File is being executed") \
	ERROR(EFBIG, "File too large") \
	ERROR(ENOSPC, "No space left") \
	ERROR(ESPIPE, "Cannot seek") \
	ERROR(EROFS, "Read-only") \
	ERROR(EMLINK, "Too many links") \
	ERROR(EPIPE, "Broken pipe") \
	ERROR(EDOM, "Argument outside the domain") \
	ERROR(ERANGE, "Result out of range") \
	ERROR(EDEADLK, "Would deadlock") \
	ERROR(ENAMETOOLONG, "Name too long") \
	ERROR(ENOLCK, "No locks left") \
	ERROR(ENOSYS, "Not implemented") \
	ERROR(ENOTEMPTY, "Directory not empty") \
	ERROR(ELOOP, "Too many symbolic links") \
	ERROR(41, "") \
	ERROR(ENOMSG, "No such message") \
	ERROR(EIDRM, "Identifier removed") \
	ERROR(ECHRNG, "Channel out of range") \
	ERROR(EL2NSYNC, "Level 2 not synchronised") \
	ERROR(EL3HLT, "Level 3 halted") \
	ERROR(EL3RST, "Level 3 reset") \
	ERROR(ELNRNG, "Link number out of range") \
	ERROR(EUNATCH, "Protocol driver not attached") \
	ERROR(ENOCSI, "No CSI structure") \
	ERROR(EL2HLT, "Level 2 halted") \
	ERROR(EBADE, "Invalid exchange") \
	ERROR(EBADR, "Invalid request descriptor") \
	ERROR(EXFULL, "Exchange full") \
	ERROR(ENOANO, "No anode") \
	ERROR(EBADRQC, "Invalid request code") \
	ERROR(EBADSLT, "Invalid slot") \
	ERROR(58, "") \
	ERROR(EBFONT, "Bad font file") \
	ERROR(ENOSTR, "Not a stream") \
	ERROR(ENODATA, "No data") \
	ERROR(ETIME, "Timer expired") \
	ERROR(ENOSR, "Out of streams") \
	ERROR(ENONET, "Not on the network") \
	ERROR(ENOPKG, "Package not installed") \
	ERROR(EREMOTE, "Object is remote") \
	ERROR(ENOLINK, "Link severed") \
	ERROR(EADV, "Advertise error") \
	ERROR(ESRMNT, "Mount error") \
	ERROR(ECOMM, "Send error") \
	ERROR(EPROTO, "Protocol error") \
	ERROR(EMULTIHOP, "Multihop attempted") \
	ERROR(EDOTDOT, "RFS error") \
	ERROR(EBADMSG, "Bad message") \
	ERROR(EOVERFLOW, "Value too large") \
	ERROR(ENOTUNIQ, "Name not unique") \
	ERROR(EBADFD, "File descriptor in bad state") \
	ERROR(EREMCHG, "Remote address changed") \
	ERROR(ELIBACC, "Shared library missing") \
	ERROR(ELIBBAD, "Shared library corrupted") \
	ERROR(ELIBSCN, "Bad section in a library") \
	ERROR(ELIBMAX, "Too many shared libraries") \
	ERROR(ELIBEXEC, "Shared library cannot be executed") \
	ERROR(EILSEQ, "Invalid character") \
	ERROR(ERESTART, "Call should be restarted") \
	ERROR(ESTRPIPE, "Stream pipe error") \
	ERROR(EUSERS, "Too many users") \
	ERROR(ENOTSOCK, "Not a socket") \
	ERROR(EDESTADDRREQ, "Destination address required") \
	ERROR(EMSGSIZE, "Message too long") \
	ERROR(EPROTOTYPE, "Wrong protocol for this socket") \
	ERROR(ENOPROTOOPT, "No such protocol option") \
	ERROR(EPROTONOSUPPORT, "Protocol not supported") \
	ERROR(ESOCKTNOSUPPORT, "Socket type not supported") \
	ERROR(EOPNOTSUPP, "Not supported") \
	ERROR(EPFNOSUPPORT, "Protocol family not supported") \
	ERROR(EAFNOSUPPORT, "Address family not supported") \
	ERROR(EADDRINUSE, "Address in use") \
	ERROR(EADDRNOTAVAIL, "Address not available") \
	ERROR(ENETDOWN, "Network is down") \
	ERROR(ENETUNREACH, "Network unreachable") \
	ERROR(ENETRESET, "Connection lost with the network") \
	ERROR(ECONNABORTED, "Connection aborted") \
	ERROR(ECONNRESET, "Connection reset by peer") \
	ERROR(ENOBUFS, "No buffer space") \
	ERROR(EISCONN, "Connected already") \
	ERROR(ENOTCONN, "Not connected") \
	ERROR(ESHUTDOWN, "Endpoint was shut down") \
	ERROR(ETOOMANYREFS, "Too many references") \
	ERROR(ETIMEDOUT, "Timed out") \
	ERROR(ECONNREFUSED, "Connection refused") \
	ERROR(EHOSTDOWN, "Host is down") \
	ERROR(EHOSTUNREACH, "Host unreachable") \
	ERROR(EALREADY, "In progress already") \
	ERROR(EINPROGRESS, "In progress") \
	ERROR(ESTALE, "Stale handle") \
	ERROR(EUCLEAN, "Structure needs cleaning") \
	ERROR(ENOTNAM, "Not a named-type file") \
	ERROR(ENAVAIL, "No semaphores available") \
	ERROR(EISNAM, "Is a named-type file") \
	ERROR(EREMOTEIO, "Remote input/output error") \
	ERROR(EDQUOT, "Quota exceeded") \
	ERROR(ENOMEDIUM, "No medium") \
	ERROR(EMEDIUMTYPE, "Wrong medium") \
	ERROR(ECANCELED, "Cancelled") \
	ERROR(ENOKEY, "Key not available") \
	ERROR(EKEYEXPIRED, "Key expired") \
	ERROR(EKEYREVOKED, "Key revoked") \
	ERROR(EKEYREJECTED, "Key rejected") \
	ERROR(EOWNERDEAD, "Owner died") \
	ERROR(ENOTRECOVERABLE, "State not recoverable") \
	ERROR(ERFKILL, "Radio switched off") \
	ERROR(EHWPOISON, "Memory has a hardware error")
