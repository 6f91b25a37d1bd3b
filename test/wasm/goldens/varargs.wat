int print(const char *text, ...);
int run(int n, ...) {
  __builtin_va_list list;
  long long last;
  __builtin_va_start(list, n);
  last = __builtin_va_arg(list, long long);
  __builtin_va_end(list);
  return print("%d %lld %f", n, last, 0.5f);
}

;; free
(func
  (type 0)
  (param i32 i32 i32 i32 i32)
  (result i32 i32)
  (local i32 i32 i32 i32 i32 i64 i32 i64 i32 i32)
  (if
    (i32.and (local.get 0) (i32.const 1))
    (then
      (if
        (i32.gt_s (local.tee 9 (i32.load align=1 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (i32.const 0))
        (then (return (call 5 (local.get 0) (local.get 9) (local.get 1)))))
      (local.set 2 (i32.load offset=24 align=1 (local.get 0))))
    (else (i32.store offset=4 align=1 (local.get 0) (i32.const 0))))
  (local.set 5 (i32.sub (local.get 0) (i32.const 64)))
  (block
    (block
      (br_if 0 (i32.lt_s (local.get 5) (i32.load offset=36 align=1 (i32.const 0))))
      (br_if 1 (i32.ge_s (local.get 1) (i32.const 1073741824))))
    (i32.store offset=24 align=1 (local.get 0) (local.get 2))
    (i32.store align=1 (local.get 0) (local.get 9))
    (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
    (i32.store offset=48 align=1 (i32.const 0) (i32.const 2))
    (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
    (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 1) (i32.const 1073741824)))
    (return (i32.const 0) (i32.const 0)))
  (local.set 10 (i64.const 6510615555426900570))
  (i64.store offset=56 align=1 (local.get 5) (i64.const 6510615555426900570))
  (block
    (block
      (block
        (block
          (block
            (if
              (i32.load8_u offset=$flags (i32.const 0))
              (then
                (i32.store offset=24 align=1 (local.get 0) (local.get 2))
                (i32.store align=1 (local.get 0) (i32.const 0))
                (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
                (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 1) (i32.const 1073741828)))
                (br_if 0 (i32.eqz (call 1 (local.get 0))))
                (local.set 1 (i32.sub (local.get 1) (i32.const 4)))
                (local.set 9 (i32.const 1))
                (br 2)))
            (i32.store offset=56 align=1 (local.get 5) (i32.add (local.get 0) (i32.const 28)))
            (local.set 11 (i32.load offset=56 align=1 (local.get 5)))
            (i32.store offset=56 align=1 (local.get 5) (i32.add (local.get 11) (i32.const 8)))
            (local.tee 13 (local.get 11))
            (if
              (i32.ne
                (i32.mul
                  (i32.load8_u offset=$shadow (i32.shr_u (local.get 13) (i32.const 4)))
                  (i32.load8_u offset=$shadow (i32.shr_u (i32.add (local.get 13) (i32.const 7)) (i32.const 4))))
                (i32.const 1))
              (then
                (local.set 14 (local.get 13))
                (loop
                  (if
                    (i32.lt_u (i32.sub (local.get 14) (local.get 13)) (i32.const 8))
                    (then
                      (if
                        (i32.eq (i32.load8_u offset=$shadow (i32.shr_u (local.get 14) (i32.const 4))) (i32.const 1))
                        (then (local.set 14 (i32.add (i32.or (local.get 14) (i32.const 15)) (i32.const 1))) (br 2))))))
                (local.set 1 (i32.sub (local.get 1) (i32.const 4)))
                (local.set 7 (local.get 14))
                (local.set 9 (i32.const 6))
                (br 1)))
            (local.set 12 (i64.load align=1))
            (local.set 10 (local.get 12))
            (drop (i32.load offset=56 align=1 (local.get 5)))
            (local.set 1 (i32.sub (local.get 1) (i32.const 4)))
            (i32.store offset=76 align=1 (i32.const 0) (i32.const 3))
            (i32.store offset=24 align=1 (local.get 5) (local.tee 13 (i32.const $data)))
            (i32.store offset=28 align=1 (local.get 5) (local.tee 14 (local.get 2)))
            (i64.store offset=32 align=1 (local.get 5) (local.get 10))
            (f64.store offset=40 align=1 (local.get 5) (f64.const 0x1p-1 (;=0.5;)))
            (call 4
              (local.get 5)
              (local.get 1)
              (local.get 13)
              (local.get 14)
              (i32.load offset=32 align=1 (local.get 5)))
            (local.set 8)
            (if
              (i32.eqz (local.tee 1))
              (then (i32.store offset=8 align=1 (local.get 5) (local.get 0)) (local.set 9 (i32.const 5)) (br 5)))
            (local.set 11 (local.get 8))
            (if
              (i32.ne (i32.load offset=4 align=1 (local.get 0)) (i32.const 0))
              (then
                (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
                (local.set 7 (i32.const 0))
                (local.set 9 (i32.const 7))
                (br 1)))
            (return (local.get 1) (local.get 11))
            (unreachable))
          (i32.store offset=44 align=1 (i32.const 0) (local.get 7))
          (local.set 6 (i32.const 3))
          (br 2))
        (local.set 6 (i32.const 1))
        (br 1))
      (local.set 6 (i32.const 2)))
    (i32.store offset=48 align=1 (i32.const 0) (local.get 6))
    (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
    (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 1) (i32.const 1073741824))))
  (i32.store offset=24 align=1 (local.get 0) (local.get 2))
  (i64.store offset=48 align=1 (local.get 5) (local.get 10))
  (if
    (i32.ne (i32.load offset=4 align=1 (local.get 0)) (i32.const 0))
    (then (i32.store offset=64 align=1 (i32.const 0) (local.get 0))))
  (i32.store align=1 (local.get 0) (local.get 9))
  (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
  (i32.const 0)
  (i32.const 0))

;; resumable
(func
  (type 1)
  (param i32 i32 i32)
  (result i32 i32)
  (local i32 i32 i32 i32 i32 i64 i32 i64 i32 i32)
  (local.set 3 (i32.sub (local.get 0) (i32.const 64)))
  (local.set 7 (i32.load offset=24 align=1 (local.get 0)))
  (if
    (local.get 1)
    (then (local.set 8 (i64.load offset=48 align=1 (local.get 3))))
    (else
      (block
        (block
          (br_if 0 (i32.lt_s (local.get 3) (i32.load offset=36 align=1 (i32.const 0))))
          (br_if 1 (i32.ge_s (local.get 2) (i32.const 1073741824))))
        (i32.store align=1 (local.get 0) (local.get 1))
        (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
        (i32.store offset=48 align=1 (i32.const 0) (i32.const 2))
        (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
        (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 2) (i32.const 1073741824)))
        (return (i32.const 0) (i32.const 0)))
      (local.set 8 (i64.const 6510615555426900570))
      (i64.store offset=56 align=1 (local.get 3) (i64.const 6510615555426900570))))
  (block
    (block
      (block
        (block
          (block
            (loop
              (block
                (block
                  (block
                    (block
                      (block
                        (block (br_table 0 1 2 3 4 5 0 (local.get 1)))
                        (local.set 2 (i32.sub (local.get 2) (i32.const 4)))
                        (if
                          (i32.and (i32.load8_u offset=$flags (i32.const 0)) (i32.const 1))
                          (then (local.set 1 (i32.const 1)) (br 8))))
                      (i32.store offset=56 align=1 (local.get 3) (i32.add (local.get 0) (i32.const 28)))
                      (if
                        (i32.and (i32.load8_u offset=$flags+1 (i32.const 0)) (i32.const 1))
                        (then (local.set 1 (i32.const 2)) (br 7))))
                    (local.set 9 (i32.load offset=56 align=1 (local.get 3)))
                    (i32.store offset=56 align=1 (local.get 3) (i32.add (local.get 9) (i32.const 8)))
                    (local.tee 11 (local.get 9))
                    (if
                      (i32.ne
                        (i32.mul
                          (i32.load8_u offset=$shadow (i32.shr_u (local.get 11) (i32.const 4)))
                          (i32.load8_u offset=$shadow (i32.shr_u (i32.add (local.get 11) (i32.const 7)) (i32.const 4))))
                        (i32.const 1))
                      (then
                        (local.set 12 (local.get 11))
                        (loop
                          (if
                            (i32.lt_u (i32.sub (local.get 12) (local.get 11)) (i32.const 8))
                            (then
                              (if
                                (i32.eq
                                  (i32.load8_u offset=$shadow (i32.shr_u (local.get 12) (i32.const 4)))
                                  (i32.const 1))
                                (then
                                  (local.set 12 (i32.add (i32.or (local.get 12) (i32.const 15)) (i32.const 1)))
                                  (br 2))))))
                        (local.set 5 (local.get 12))
                        (local.set 1 (i32.const 6))
                        (br 5)))
                    (local.set 10 (i64.load align=1))
                    (local.set 8 (local.get 10))
                    (if
                      (i32.and (i32.load8_u offset=$flags+2 (i32.const 0)) (i32.const 1))
                      (then (local.set 1 (i32.const 3)) (br 6))))
                  (drop (i32.load offset=56 align=1 (local.get 3)))
                  (if
                    (i32.and (i32.load8_u offset=$flags+3 (i32.const 0)) (i32.const 1))
                    (then (local.set 1 (i32.const 4)) (br 5))))
                (i32.store offset=76 align=1 (i32.const 0) (i32.const 3))
                (i32.store offset=24 align=1 (local.get 3) (local.tee 11 (i32.const $data)))
                (i32.store offset=28 align=1 (local.get 3) (local.tee 12 (local.get 7)))
                (i64.store offset=32 align=1 (local.get 3) (local.get 8))
                (f64.store offset=40 align=1 (local.get 3) (f64.const 0x1p-1 (;=0.5;)))
                (call 4
                  (local.get 3)
                  (local.get 2)
                  (local.get 11)
                  (local.get 12)
                  (i32.load offset=32 align=1 (local.get 3)))
                (local.set 6)
                (if
                  (i32.eqz (local.tee 2))
                  (then (i32.store offset=8 align=1 (local.get 3) (local.get 0)) (local.set 1 (i32.const 5)) (br 7)))
                (i32.store offset=16 align=1 (local.get 3) (local.get 6)))
              (local.set 9 (i32.load offset=16 align=1 (local.get 3)))
              (if
                (i32.ne (i32.load offset=4 align=1 (local.get 0)) (i32.const 0))
                (then
                  (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
                  (local.set 5 (i32.const 0))
                  (local.set 1 (i32.const 7))
                  (br 2)))
              (return (local.get 2) (local.get 9))
              (unreachable))
            (unreachable))
          (i32.store offset=44 align=1 (i32.const 0) (local.get 5))
          (local.set 4 (i32.const 3))
          (br 2))
        (local.set 4 (i32.const 1))
        (br 1))
      (local.set 4 (i32.const 2)))
    (i32.store offset=48 align=1 (i32.const 0) (local.get 4))
    (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
    (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 2) (i32.const 1073741824))))
  (i32.store offset=24 align=1 (local.get 0) (local.get 7))
  (i64.store offset=48 align=1 (local.get 3) (local.get 8))
  (if
    (i32.ne (i32.load offset=4 align=1 (local.get 0)) (i32.const 0))
    (then (i32.store offset=64 align=1 (i32.const 0) (local.get 0))))
  (i32.store align=1 (local.get 0) (local.get 1))
  (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
  (i32.const 0)
  (i32.const 0))
