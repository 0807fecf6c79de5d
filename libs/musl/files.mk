# SPDX-License-Identifier: BSD-3-Clause
# Files of musl that are compiled, by folder of its src/. What is not here is
# left out: see Makefile.uk.
LIBMUSL_FILES_complex := __cexp __cexpf cabs cabsf cabsl cacos cacosf \
	cacosh cacoshf cacoshl cacosl carg cargf cargl casin casinf casinh \
	casinhf casinhl casinl catan catanf catanh catanhf catanhl catanl ccos \
	ccosf ccosh ccoshf ccoshl ccosl cexp cexpf cexpl cimag cimagf cimagl \
	clog clogf clogl conj conjf conjl cpow cpowf cpowl cproj cprojf cprojl \
	creal crealf creall csin csinf csinh csinhf csinhl csinl csqrt csqrtf \
	csqrtl ctan ctanf ctanh ctanhf ctanhl ctanl
LIBMUSL_FILES_conf := confstr fpathconf legacy pathconf sysconf
LIBMUSL_FILES_crypt := crypt crypt_blowfish crypt_des crypt_md5 crypt_r \
	crypt_sha256 crypt_sha512 encrypt
LIBMUSL_FILES_ctype := __ctype_b_loc __ctype_get_mb_cur_max \
	__ctype_tolower_loc __ctype_toupper_loc isalnum isalpha isascii isblank \
	iscntrl isdigit isgraph islower isprint ispunct isspace isupper iswalnum \
	iswalpha iswblank iswcntrl iswctype iswdigit iswgraph iswlower iswprint \
	iswpunct iswspace iswupper iswxdigit isxdigit toascii tolower toupper \
	towctrans wcswidth wctrans wcwidth
LIBMUSL_FILES_dirent := alphasort closedir dirfd fdopendir opendir \
	readdir readdir_r rewinddir scandir seekdir telldir versionsort
LIBMUSL_FILES_env := __environ clearenv getenv putenv secure_getenv \
	setenv unsetenv
LIBMUSL_FILES_errno := __errno_location strerror
LIBMUSL_FILES_exit := _Exit abort_lock at_quick_exit atexit quick_exit
LIBMUSL_FILES_fcntl := creat fcntl open openat posix_fadvise \
	posix_fallocate
LIBMUSL_FILES_fenv := __flt_rounds fegetexceptflag feholdexcept \
	fesetexceptflag fesetround feupdateenv
LIBMUSL_FILES_internal := emulate_wait4 floatscan intscan libc \
	procfdname shgetc syscall_ret
LIBMUSL_FILES_ipc := ftok msgctl msgget msgrcv msgsnd semctl semget \
	semop semtimedop shmat shmctl shmdt shmget
LIBMUSL_FILES_ldso := __dlsym dladdr dlclose dlerror dlinfo dlopen
LIBMUSL_FILES_legacy := cuserid daemon err euidaccess ftw futimes \
	getdtablesize getloadavg getpagesize getpass getusershell isastream \
	lutimes ulimit utmpx valloc
LIBMUSL_FILES_linux := adjtime adjtimex arch_prctl brk cache cap chroot \
	clock_adjtime copy_file_range epoll eventfd fallocate fanotify flock \
	getdents getrandom gettid inotify ioperm iopl klogctl membarrier \
	memfd_create mlock2 module mount name_to_handle_at open_by_handle_at \
	personality pivot_root prctl preadv2 prlimit process_vm ptrace pwritev2 \
	quotactl readahead reboot remap_file_pages sbrk sendfile setfsgid \
	setfsuid setgroups sethostname setns settimeofday signalfd splice statx \
	stime swap sync_file_range syncfs sysinfo tee timerfd unshare utimes \
	vhangup vmsplice wait3 wait4 xattr
LIBMUSL_FILES_locale := __lctrans __mo_lookup bind_textdomain_codeset \
	c_locale catclose catgets catopen dcngettext duplocale freelocale \
	langinfo locale_map localeconv newlocale pleval setlocale strcoll \
	strfmon strtod_l strxfrm textdomain uselocale wcscoll wcsxfrm
LIBMUSL_FILES_math := __cos __cosdf __cosl __expo2 __expo2f __fpclassify \
	__fpclassifyf __fpclassifyl __invtrigl __math_divzero __math_divzerof \
	__math_invalid __math_invalidf __math_invalidl __math_oflow \
	__math_oflowf __math_uflow __math_uflowf __math_xflow __math_xflowf \
	__polevll __rem_pio2 __rem_pio2_large __rem_pio2f __rem_pio2l __signbit \
	__signbitf __signbitl __sin __sindf __sinl __tan __tandf __tanl acos \
	acosf acosh acoshf acoshl acosl asin asinf asinh asinhf asinhl asinl \
	atan atan2 atan2f atan2l atanf atanh atanhf atanhl atanl cbrt cbrtf \
	cbrtl ceil ceilf ceill copysign copysignf copysignl cos cosf cosh coshf \
	coshl cosl erf erff erfl exp exp10 exp10f exp10l exp2 exp2f exp2f_data \
	exp2l exp_data expf expl expm1 expm1f expm1l fdim fdimf fdiml finite \
	finitef floor floorf floorl fmal fmax fmaxf fmaxl fmin fminf fminl fmod \
	fmodf frexp frexpf frexpl hypot hypotf hypotl ilogb ilogbf ilogbl j0 j0f \
	j1 j1f jn jnf ldexp ldexpf ldexpl lgamma lgamma_r lgammaf lgammaf_r \
	lgammal llround llroundf llroundl log log10 log10f log10l log1p log1pf \
	log1pl log2 log2_data log2f log2f_data log2l log_data logb logbf logbl \
	logf logf_data logl lround lroundf lroundl modf modff modfl nan nanf \
	nanl nearbyint nearbyintf nearbyintl nextafter nextafterf nextafterl \
	nexttoward nexttowardf nexttowardl pow pow_data powf powf_data powl \
	remainder remainderf remquo remquof rint rintf round roundf roundl scalb \
	scalbf scalbln scalblnf scalblnl scalbn scalbnf scalbnl signgam \
	significand significandf sin sincos sincosf sincosl sinf sinh sinhf \
	sinhl sinl sqrt_data tan tanf tanh tanhf tanhl tanl tgamma tgammaf \
	tgammal trunc truncf truncl
LIBMUSL_FILES_math_x86_64 := fabs fabsf fabsl fma fmaf fmodl llrint \
	llrintf llrintl lrint lrintf lrintl remainderl remquol rintl sqrt sqrtf \
	sqrtl
LIBMUSL_FILES_misc := a64l basename dirname ffs ffsl ffsll fmtmsg \
	get_current_dir_name getauxval getdomainname getentropy gethostid getopt \
	getopt_long getpriority getresgid getresuid getrlimit getrusage \
	getsubopt initgroups ioctl issetugid lockf login_tty mntent nftw openpty \
	ptsname pty realpath setdomainname setpriority setrlimit syscall syslog \
	uname
LIBMUSL_FILES_mman := madvise mincore mlock mlockall mmap mprotect \
	mremap msync munlock munlockall munmap posix_madvise shm_open
LIBMUSL_FILES_mq := mq_close mq_getattr mq_notify mq_open mq_receive \
	mq_send mq_setattr mq_timedreceive mq_timedsend mq_unlink
LIBMUSL_FILES_multibyte := btowc c16rtomb c32rtomb internal mblen mbrlen \
	mbrtoc16 mbrtoc32 mbrtowc mbsinit mbsnrtowcs mbsrtowcs mbstowcs mbtowc \
	wcrtomb wcsnrtombs wcsrtombs wcstombs wctob wctomb
LIBMUSL_FILES_network := accept accept4 bind connect dn_comp dn_expand \
	dn_skipname dns_parse ent ether freeaddrinfo gai_strerror getaddrinfo \
	gethostbyaddr gethostbyaddr_r gethostbyname gethostbyname2 \
	gethostbyname2_r gethostbyname_r getifaddrs getnameinfo getpeername \
	getservbyname getservbyname_r getservbyport getservbyport_r getsockname \
	getsockopt h_errno herror hstrerror htonl htons if_freenameindex \
	if_indextoname if_nameindex if_nametoindex in6addr_any in6addr_loopback \
	inet_addr inet_aton inet_legacy inet_ntoa inet_ntop inet_pton listen \
	lookup_ipliteral lookup_name lookup_serv netlink netname ns_parse ntohl \
	ntohs proto recv recvfrom recvmmsg recvmsg res_init res_mkquery \
	res_msend res_query res_querydomain res_send res_state resolvconf send \
	sendmmsg sendmsg sendto serv setsockopt shutdown sockatmark socket \
	socketpair
LIBMUSL_FILES_passwd := fgetgrent fgetpwent fgetspent getgr_a getgr_r \
	getgrent getgrent_a getgrouplist getpw_a getpw_r getpwent getpwent_a \
	getspent getspnam getspnam_r lckpwdf nscd_query putgrent putpwent \
	putspent
LIBMUSL_FILES_prng := __rand48_step __seed48 drand48 lcong48 lrand48 \
	mrand48 rand rand_r random seed48 srand48
LIBMUSL_FILES_process := execl execle execlp execv execve execvp fexecve \
	posix_spawn_file_actions_addchdir posix_spawn_file_actions_addclose \
	posix_spawn_file_actions_adddup2 posix_spawn_file_actions_addfchdir \
	posix_spawn_file_actions_addopen posix_spawn_file_actions_destroy \
	posix_spawn_file_actions_init posix_spawnattr_destroy \
	posix_spawnattr_getflags posix_spawnattr_getpgroup \
	posix_spawnattr_getsigdefault posix_spawnattr_getsigmask \
	posix_spawnattr_init posix_spawnattr_sched posix_spawnattr_setflags \
	posix_spawnattr_setpgroup posix_spawnattr_setsigdefault \
	posix_spawnattr_setsigmask posix_spawnp wait waitid waitpid
LIBMUSL_FILES_regex := fnmatch glob regcomp regerror regexec tre-mem
LIBMUSL_FILES_sched := affinity sched_cpucount sched_get_priority_max \
	sched_getcpu sched_getparam sched_getscheduler sched_rr_get_interval \
	sched_setparam sched_setscheduler sched_yield
LIBMUSL_FILES_search := hsearch insque lsearch tdelete tdestroy tfind \
	tsearch twalk
LIBMUSL_FILES_select := poll ppoll pselect select
LIBMUSL_FILES_signal := block getitimer kill killpg psiginfo psignal \
	raise setitimer sigaction sigaddset sigaltstack sigandset sigdelset \
	sigemptyset sigfillset sighold sigignore siginterrupt sigisemptyset \
	sigismember signal sigorset sigpause sigpending sigprocmask sigqueue \
	sigrelse sigrtmax sigrtmin sigset sigsuspend sigtimedwait sigwait \
	sigwaitinfo
LIBMUSL_FILES_stat := __xstat chmod fchmod fchmodat fstat fstatat \
	futimens futimesat lchmod lstat mkdir mkdirat mkfifo mkfifoat mknod \
	mknodat stat statvfs umask utimensat
LIBMUSL_FILES_stdio := __fclose_ca __fdopen __fmodeflags __fopen_rb_ca \
	__lockfile __overflow __stdio_close __stdio_exit __stdio_read \
	__stdio_seek __stdio_write __stdout_write __toread __towrite __uflow \
	asprintf clearerr dprintf ext ext2 fclose feof ferror fflush fgetc \
	fgetln fgetpos fgets fgetwc fgetws fileno flockfile fmemopen fopen \
	fopencookie fprintf fputc fputs fputwc fputws fread freopen fscanf fseek \
	fsetpos ftell ftrylockfile funlockfile fwide fwprintf fwrite fwscanf \
	getc getc_unlocked getchar getchar_unlocked getdelim getline gets getw \
	getwc getwchar ofl ofl_add open_memstream open_wmemstream pclose perror \
	popen printf putc putc_unlocked putchar putchar_unlocked puts putw putwc \
	putwchar remove rename rewind scanf setbuf setbuffer setlinebuf setvbuf \
	snprintf sprintf sscanf stderr stdin stdout swprintf swscanf tempnam \
	tmpfile tmpnam ungetc ungetwc vasprintf vdprintf vfprintf vfscanf \
	vfwprintf vfwscanf vprintf vscanf vsnprintf vsprintf vsscanf vswprintf \
	vswscanf vwprintf vwscanf wprintf wscanf
LIBMUSL_FILES_stdlib := abs atof atoi atol atoll div ecvt fcvt gcvt \
	imaxabs imaxdiv labs ldiv llabs lldiv strtod strtol wcstod wcstol
LIBMUSL_FILES_string := bcmp bcopy bzero explicit_bzero index memccpy \
	memmem mempcpy memrchr rindex stpcpy stpncpy strcasecmp strcasestr \
	strcat strchrnul strcpy strcspn strdup strerror_r strlcat strlcpy \
	strncasecmp strncat strncpy strndup strpbrk strsep strsignal strspn \
	strstr strtok strtok_r strverscmp swab wcpcpy wcpncpy wcscasecmp \
	wcscasecmp_l wcscat wcschr wcscmp wcscpy wcscspn wcsdup wcslen \
	wcsncasecmp wcsncasecmp_l wcsncat wcsncmp wcsncpy wcsnlen wcspbrk \
	wcsrchr wcsspn wcsstr wcstok wcswcs wmemchr wmemcmp wmemcpy wmemmove \
	wmemset
LIBMUSL_FILES_temp := __randname mkdtemp mkostemp mkostemps mkstemp \
	mkstemps mktemp
LIBMUSL_FILES_termios := cfgetospeed cfmakeraw cfsetospeed tcdrain \
	tcflow tcflush tcgetattr tcgetsid tcgetwinsize tcsendbreak tcsetattr \
	tcsetwinsize
LIBMUSL_FILES_thread := __lock __timedwait __wait call_once \
	cnd_broadcast cnd_destroy cnd_init cnd_signal cnd_timedwait cnd_wait \
	default_attr lock_ptc mtx_destroy mtx_init mtx_lock mtx_timedlock \
	mtx_trylock mtx_unlock pthread_atfork pthread_attr_destroy \
	pthread_attr_get pthread_attr_init pthread_attr_setdetachstate \
	pthread_attr_setguardsize pthread_attr_setinheritsched \
	pthread_attr_setschedparam pthread_attr_setschedpolicy \
	pthread_attr_setscope pthread_attr_setstack pthread_attr_setstacksize \
	pthread_barrier_destroy pthread_barrier_init pthread_barrier_wait \
	pthread_barrierattr_destroy pthread_barrierattr_init \
	pthread_barrierattr_setpshared pthread_cleanup_push \
	pthread_cond_broadcast pthread_cond_destroy pthread_cond_init \
	pthread_cond_signal pthread_cond_timedwait pthread_cond_wait \
	pthread_condattr_destroy pthread_condattr_init pthread_condattr_setclock \
	pthread_condattr_setpshared pthread_equal pthread_getconcurrency \
	pthread_getcpuclockid pthread_getname_np pthread_getschedparam \
	pthread_getspecific pthread_key_create pthread_kill \
	pthread_mutex_consistent pthread_mutex_destroy \
	pthread_mutex_getprioceiling pthread_mutex_init pthread_mutex_lock \
	pthread_mutex_setprioceiling pthread_mutex_timedlock \
	pthread_mutex_trylock pthread_mutex_unlock pthread_mutexattr_destroy \
	pthread_mutexattr_init pthread_mutexattr_setprotocol \
	pthread_mutexattr_setpshared pthread_mutexattr_setrobust \
	pthread_mutexattr_settype pthread_once pthread_rwlock_destroy \
	pthread_rwlock_init pthread_rwlock_rdlock pthread_rwlock_timedrdlock \
	pthread_rwlock_timedwrlock pthread_rwlock_tryrdlock \
	pthread_rwlock_trywrlock pthread_rwlock_unlock pthread_rwlock_wrlock \
	pthread_rwlockattr_destroy pthread_rwlockattr_init \
	pthread_rwlockattr_setpshared pthread_self pthread_setattr_default_np \
	pthread_setcancelstate pthread_setcanceltype pthread_setconcurrency \
	pthread_setname_np pthread_setschedparam pthread_setschedprio \
	pthread_setspecific pthread_sigmask pthread_spin_destroy \
	pthread_spin_init pthread_spin_lock pthread_spin_trylock \
	pthread_spin_unlock pthread_testcancel sem_destroy sem_getvalue sem_init \
	sem_open sem_post sem_timedwait sem_trywait sem_unlink sem_wait \
	thrd_create thrd_exit thrd_join thrd_sleep thrd_yield tss_create \
	tss_delete tss_set vmlock
LIBMUSL_FILES_time := __map_file __month_to_secs __secs_to_tm \
	__tm_to_secs __tz __year_to_secs asctime asctime_r clock \
	clock_getcpuclockid clock_getres clock_gettime clock_nanosleep \
	clock_settime ctime ctime_r difftime ftime getdate gettimeofday gmtime \
	gmtime_r localtime localtime_r mktime nanosleep strftime strptime time \
	timegm timer_delete timer_getoverrun timer_gettime timer_settime times \
	timespec_get utime wcsftime
LIBMUSL_FILES_unistd := _exit access acct alarm chdir chown close \
	ctermid dup dup2 dup3 faccessat fchdir fchown fchownat fdatasync fsync \
	ftruncate getcwd getegid geteuid getgid getgroups gethostname getlogin \
	getlogin_r getpgid getpgrp getpid getppid getsid getuid isatty lchown \
	link linkat lseek nice pause pipe pipe2 posix_close pread preadv pwrite \
	pwritev read readlink readlinkat readv renameat rmdir setegid seteuid \
	setgid setpgid setpgrp setregid setresgid setresuid setreuid setsid \
	setuid setxid sleep symlink symlinkat sync tcgetpgrp tcsetpgrp truncate \
	ttyname ttyname_r ualarm unlink unlinkat usleep write writev
