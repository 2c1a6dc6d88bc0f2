// A team of threads that runs one body together, each with its number, meeting at barriers: how a program's
// instruction list is run by two cores at once. While there is nothing to run, the team sleeps.
#ifndef CK_WORKERS_H
#define CK_WORKERS_H

typedef struct ck_workers ck_workers;
typedef void (*ck_body)(void *context, int thread, int threads);

/// A team of `threads`, the caller of `ck_workers_run` among them. NULL where the system gives no thread.
ck_workers *ck_workers_create(int threads);
void ck_workers_destroy(ck_workers *workers);

/// Runs `body` on every thread of the team and returns when all are through. One run at a time.
void ck_workers_run(ck_workers *workers, ck_body body, void *context);

/// Within a body: waits until all threads of the team have come here.
void ck_workers_barrier(ck_workers *workers);

#endif
